// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.ControlSurface;
import org.refcam.v4l2.FakeSurface;

/** A sensor with everything that the imaging service maps, or one with nothing. */
final class SmallSensor implements SensorControl {
  final FakeSurface surface =
      new FakeSurface()
          .number(Control.BRIGHTNESS, -64, 64, 1, 0)
          .number(Control.CONTRAST, 0, 100, 5, 50)
          .number(Control.SATURATION, 0, 255, 1, 128)
          .number(Control.SHARPNESS, 1, 7, 1, 2)
          .number(Control.BACKLIGHT_COMPENSATION, 0, 4, 1, 0)
          .toggle(Control.WIDE_DYNAMIC_RANGE, 0)
          .toggle(Control.AUTO_WHITE_BALANCE, 1)
          .number(Control.RED_BALANCE, 0, 1000, 1, 500)
          .number(Control.BLUE_BALANCE, 0, 1000, 1, 500)
          .menu(Control.EXPOSURE_AUTO, 3, Map.of(1, "Manual Mode", 3, "Aperture Priority Mode"))
          .number(Control.EXPOSURE_ABSOLUTE, 1, 5_000, 1, 157)
          .toggle(Control.FOCUS_AUTO, 0)
          .number(Control.FOCUS_ABSOLUTE, 0, 250, 5, 100);
  final Map<Integer, Long> kept = new HashMap<>();
  boolean there = true;
  int opened;

  @Override
  public Optional<ControlSurface> open() {
    opened += there ? 1 : 0;
    return there ? Optional.of(surface) : Optional.empty();
  }

  @Override
  public void keep(Map<Integer, Long> values) {
    kept.putAll(values);
  }
}
