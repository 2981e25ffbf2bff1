// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * When a button was held long enough to erase the device, and what the lamp shows meanwhile.
 *
 * <pre>
 *   pressed     0 s        5 s         10 s
 *   lamp     off | slow 1 Hz | fast 5 Hz | on, and the device is erased
 * </pre>
 *
 * <p>Letting go before {@link #HOLD} does nothing. A button that is pressed when the camera starts
 * counts only after it was let go once: a line that is stuck or shorted never erases. Levels that
 * change within {@link #DEBOUNCE} are the contact's noise.
 *
 * <p>Confined to the thread that samples the line.
 */
public final class HeldButton {
  /** So long it has to be held. */
  public static final Duration HOLD = Duration.ofSeconds(10);

  /** From here on the lamp warns. */
  public static final Duration WARN = Duration.ofSeconds(5);

  /** How long a level has to last to count. */
  public static final Duration DEBOUNCE = Duration.ofMillis(60);

  /** What the lamp shows. */
  public enum Lamp {
    OFF,
    /** 1 Hz. */
    SLOW,
    /** 5 Hz. */
    FAST,
    ON
  }

  private final Consumer<Lamp> lamp;
  private final Runnable held;
  private boolean raw = true;
  private long rawSince;
  private boolean pressed = true;
  private boolean armed;
  private long pressedSince;
  private boolean done;
  private Lamp shown = Lamp.OFF;

  /**
   * @param held called once; later presses do nothing
   */
  public HeldButton(Consumer<Lamp> lamp, Runnable held) {
    this.lamp = lamp;
    this.held = held;
  }

  /**
   * A sample of the line; to be called every few milliseconds.
   *
   * @param down whether it is pressed now
   * @param nanos of a monotonic clock
   */
  public void sample(boolean down, long nanos) {
    if (done) {
      return;
    }
    if (down != raw) {
      raw = down;
      rawSince = nanos;
    }
    if (raw != pressed && nanos - rawSince >= DEBOUNCE.toNanos()) {
      pressed = raw;
      pressedSince = rawSince;
      armed = armed || !pressed;
    }
    long time = pressed && armed ? nanos - pressedSince : -1;
    if (time >= HOLD.toNanos()) {
      done = true;
      show(Lamp.ON);
      held.run();
    } else if (time < 0) {
      show(Lamp.OFF);
    } else {
      show(time >= WARN.toNanos() ? Lamp.FAST : Lamp.SLOW);
    }
  }

  private void show(Lamp next) {
    if (next != shown) {
      shown = next;
      lamp.accept(next);
    }
  }
}
