// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import static org.assertj.core.api.Assertions.assertThat;

import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.refcam.erase.HeldButton.Lamp;

class HeldButtonTest {
  private static final long MILLI = 1_000_000;

  private final List<Lamp> lamps = new ArrayList<>();
  private int erased;
  private long now = 5;
  private final HeldButton button = new HeldButton(lamps::add, () -> erased++);

  private void sample(boolean down, long millis) {
    for (long end = now + millis * MILLI; now < end; now += 20 * MILLI) {
      button.sample(down, now);
    }
  }

  @Test
  void heldLongEnough_erasesOnce() {
    sample(false, 200);
    sample(true, 9_900);
    assertThat(erased).isZero();
    sample(true, 400);
    sample(false, 400);
    sample(true, 20_000);
    assertThat(erased).isOne();
    assertThat(lamps).containsExactly(Lamp.SLOW, Lamp.FAST, Lamp.ON);
  }

  @Test
  void letGoBefore_doesNothing() {
    sample(false, 200);
    sample(true, 9_000);
    sample(false, 200);
    sample(true, 9_000);
    sample(false, 200);
    assertThat(erased).isZero();
    assertThat(lamps)
        .containsExactly(Lamp.SLOW, Lamp.FAST, Lamp.OFF, Lamp.SLOW, Lamp.FAST, Lamp.OFF);
  }

  @Test
  void pressedAtStart_neverErasesUntilLetGo() {
    sample(true, 60_000);
    assertThat(erased).isZero();
    assertThat(lamps).isEmpty();
    sample(false, 200);
    sample(true, 11_000);
    assertThat(erased).isOne();
  }

  @Test
  void contactNoise_doesNotInterruptAndDoesNotPress() {
    sample(false, 200);
    for (int i = 0; i < 100; i++) {
      sample(true, 20);
      sample(false, 180);
    }
    assertThat(lamps).isEmpty();
    sample(true, 5_000);
    sample(false, 40);
    sample(true, 5_500);
    assertThat(erased).isOne();
  }

  @Test
  void gpio_mockLines_areRead() throws Exception {
    lampFollowsButton(false, DigitalState.HIGH, DigitalState.LOW);
    lampFollowsButton(true, DigitalState.LOW, DigitalState.HIGH);
  }

  private static void lampFollowsButton(
      boolean activeHigh, DigitalState released, DigitalState pressed) throws Exception {
    MockDigitalInputProvider in = MockDigitalInputProvider.newInstance();
    MockDigitalOutputProvider out = MockDigitalOutputProvider.newInstance();
    GpioButton gpio =
        new GpioButton(new GpioButton.Lines(17, Optional.of(27), activeHigh), in, out, () -> {});
    try (gpio) {
      MockDigitalInput line = (MockDigitalInput) gpio.button();
      assertThat(line.address()).isEqualTo(17);
      line.mockState(released);
      gpio.start();
      Thread.sleep(300);
      line.mockState(pressed);
      MockDigitalOutput lamp = (MockDigitalOutput) gpio.lamp().orElseThrow();
      long end = System.nanoTime() + 30_000 * MILLI;
      while (lamp.state() != DigitalState.HIGH && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      assertThat(lamp.state()).isEqualTo(DigitalState.HIGH);
    }
  }
}
