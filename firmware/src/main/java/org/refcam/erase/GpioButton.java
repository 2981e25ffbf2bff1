// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board's button and lamp on GPIO lines, through Pi4J and the kernel's character device.
 * Sampled, because a held button needs no interrupts. Its own thread samples; {@link #close} may be
 * called from any.
 */
public final class GpioButton implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GpioButton.class);
  private static final Duration SAMPLE = Duration.ofMillis(20);
  private static final int SLOW_SAMPLES = 25; // half of a period of 1 Hz
  private static final int FAST_SAMPLES = 5;

  /**
   * Where the lines are.
   *
   * @param button line of the button
   * @param lamp line of the lamp, on is high
   * @param activeHigh whether pressed is high; otherwise it is pulled up, and pressed is low
   */
  public record Lines(int button, Optional<Integer> lamp, boolean activeHigh) {}

  private final Context pi4j;
  private final DigitalInput button;
  private final DigitalState pressed;
  private final Optional<DigitalOutput> lamp;
  private final HeldButton held;
  private final ScheduledExecutorService sampling = DaemonThread.scheduler("button");
  private volatile HeldButton.Lamp pattern = HeldButton.Lamp.OFF;
  private long samples;

  /**
   * Opens the lines of the kernel's first GPIO chip that has them.
   *
   * @param whenHeld called once on a thread of its own
   */
  public static GpioButton open(Lines lines, Runnable whenHeld) {
    return new GpioButton(
        lines,
        GpioDDigitalInputProvider.newInstance(),
        GpioDDigitalOutputProvider.newInstance(),
        whenHeld);
  }

  GpioButton(Lines lines, DigitalInputProvider in, DigitalOutputProvider out, Runnable whenHeld) {
    pi4j = Pi4J.newContextBuilder().add(in, out).build();
    pressed = lines.activeHigh() ? DigitalState.HIGH : DigitalState.LOW;
    button =
        in.create(
            DigitalInput.newConfigBuilder(pi4j)
                .id("erase-button")
                .address(lines.button())
                .pull(lines.activeHigh() ? PullResistance.PULL_DOWN : PullResistance.PULL_UP)
                .build());
    lamp =
        lines
            .lamp()
            .map(
                line ->
                    out.create(
                        DigitalOutput.newConfigBuilder(pi4j)
                            .id("erase-lamp")
                            .address(line)
                            .initial(DigitalState.LOW)
                            .shutdown(DigitalState.LOW)
                            .build()));
    held =
        new HeldButton(next -> pattern = next, () -> new Thread(whenHeld, "button-erase").start());
  }

  DigitalInput button() {
    return button;
  }

  Optional<DigitalOutput> lamp() {
    return lamp;
  }

  /** Begins to watch. */
  public void start() {
    sampling.scheduleAtFixedRate(this::sample, 0, SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sample() {
    try {
      held.sample(button.state() == pressed, System.nanoTime());
      samples++;
      lamp.ifPresent(output -> output.setState(lit()));
    } catch (RuntimeException e) { // Pi4J's own; the next sample tries again
      log.debug("the button's line", e);
    }
  }

  private boolean lit() {
    return switch (pattern) {
      case OFF -> false;
      case SLOW -> samples / SLOW_SAMPLES % 2 == 0;
      case FAST -> samples / FAST_SAMPLES % 2 == 0;
      case ON -> true;
    };
  }

  @Override
  public void close() {
    sampling.shutdownNow();
    pi4j.shutdown();
  }
}
