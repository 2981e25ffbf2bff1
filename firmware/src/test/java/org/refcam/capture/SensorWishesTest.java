// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.FakeSurface;

class SensorWishesTest {
  @Test
  void apply_setsSwitchesFirstAndWhatFits() {
    FakeSurface camera =
        new FakeSurface()
            .number(Control.BRIGHTNESS, 0, 100, 10, 50)
            .number(Control.RED_BALANCE, 0, 100, 1, 50)
            .toggle(Control.AUTO_WHITE_BALANCE, 1);
    SensorWishes.apply(
        camera,
        Map.of(
            Control.RED_BALANCE, 7L,
            Control.AUTO_WHITE_BALANCE, 0L,
            Control.BRIGHTNESS, 1_000L,
            Control.FOCUS_ABSOLUTE, 3L));
    assertThat(camera.written.get(0)).isEqualTo(Control.AUTO_WHITE_BALANCE);
    assertThat(camera.values)
        .containsEntry(Control.RED_BALANCE, 7L)
        .containsEntry(Control.BRIGHTNESS, 100L)
        .doesNotContainKey(Control.FOCUS_ABSOLUTE);
  }

  @Test
  void apply_aControlFails_setsTheOthers() {
    FakeSurface camera =
        new FakeSurface()
            .number(Control.BRIGHTNESS, 0, 100, 1, 50)
            .number(Control.CONTRAST, 0, 100, 1, 50);
    camera.broken.add(Control.BRIGHTNESS);
    SensorWishes.apply(camera, Map.of(Control.BRIGHTNESS, 1L, Control.CONTRAST, 2L));
    assertThat(camera.values)
        .containsEntry(Control.BRIGHTNESS, 50L)
        .containsEntry(Control.CONTRAST, 2L);
  }
}
