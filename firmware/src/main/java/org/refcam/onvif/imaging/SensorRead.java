// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.imaging;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.schema.Imaging.BacklightCompensation20;
import org.refcam.onvif.schema.Imaging.BacklightCompensationOptions20;
import org.refcam.onvif.schema.Imaging.Exposure20;
import org.refcam.onvif.schema.Imaging.ExposureOptions20;
import org.refcam.onvif.schema.Imaging.FocusConfiguration20;
import org.refcam.onvif.schema.Imaging.FocusOptions20;
import org.refcam.onvif.schema.Imaging.ImagingOptions20;
import org.refcam.onvif.schema.Imaging.ImagingSettings20;
import org.refcam.onvif.schema.Imaging.WhiteBalance20;
import org.refcam.onvif.schema.Imaging.WhiteBalanceOptions20;
import org.refcam.onvif.schema.Imaging.WideDynamicRange20;
import org.refcam.onvif.schema.Imaging.WideDynamicRangeOptions20;
import org.refcam.onvif.schema.MediaTypes.FloatRange;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.ControlSurface;

/**
 * What a driver's controls are in ONVIF's words. A control that the driver lacks is absent, in the
 * settings and in the options alike. Ranges and values are the driver's own numbers; exposure times
 * alone have a unit, microseconds. Gains in dB and iris are never there: V4L2 gives them no unit.
 *
 * <p>Confined to the thread of its surface.
 */
final class SensorRead {
  static final String ON = "ON";
  static final String OFF = "OFF";

  /** Microseconds of one step of {@link Control#EXPOSURE_ABSOLUTE}. */
  static final int EXPOSURE_STEP = 100;

  private final ControlSurface surface;

  SensorRead(ControlSurface surface) {
    this.surface = surface;
  }

  ImagingSettings20 settings() throws IOException {
    ImagingSettings20 made = new ImagingSettings20();
    made.Brightness = level(Control.BRIGHTNESS, 1);
    made.Contrast = level(Control.CONTRAST, 1);
    made.ColorSaturation = level(Control.SATURATION, 1);
    made.Sharpness = level(Control.SHARPNESS, 1);
    made.BacklightCompensation = backlight();
    made.WideDynamicRange = wideRange();
    made.WhiteBalance = whiteBalance();
    made.Exposure = exposure();
    made.Focus = focus();
    return made;
  }

  ImagingOptions20 options() throws IOException {
    ImagingOptions20 made = new ImagingOptions20();
    made.Brightness = range(Control.BRIGHTNESS, 1);
    made.Contrast = range(Control.CONTRAST, 1);
    made.ColorSaturation = range(Control.SATURATION, 1);
    made.Sharpness = range(Control.SHARPNESS, 1);
    made.BacklightCompensation = backlightOptions();
    made.WideDynamicRange = wideRangeOptions();
    made.WhiteBalance = whiteBalanceOptions();
    made.Exposure = exposureOptions();
    made.Focus = focusOptions();
    return made;
  }

  /** Numbers that can be read and set. */
  Optional<Control> number(int id) throws IOException {
    return surface
        .control(id)
        .filter(
            control ->
                control.readable()
                    && control.writable()
                    && control.type() != Control.Type.MENU
                    && control.type() != Control.Type.BITMASK
                    && control.type() != Control.Type.INTEGER_MENU);
  }

  private @Nullable Float level(int id, int scale) throws IOException {
    Optional<Control> control = number(id);
    return control.isEmpty() ? null : (float) surface.read(control.get()) * scale;
  }

  @Nullable FloatRange range(int id, int scale) throws IOException {
    Optional<Control> control = number(id);
    if (control.isEmpty()) {
      return null;
    }
    FloatRange made = new FloatRange();
    made.Min = (float) control.get().minimum() * scale;
    made.Max = (float) control.get().maximum() * scale;
    return made;
  }

  private @Nullable BacklightCompensation20 backlight() throws IOException {
    Optional<Control> control = number(Control.BACKLIGHT_COMPENSATION);
    if (control.isEmpty()) {
      return null;
    }
    long value = surface.read(control.get());
    BacklightCompensation20 made = new BacklightCompensation20();
    made.Mode = value > control.get().minimum() ? ON : OFF;
    made.Level = (float) value;
    return made;
  }

  private @Nullable BacklightCompensationOptions20 backlightOptions() throws IOException {
    FloatRange range = range(Control.BACKLIGHT_COMPENSATION, 1);
    if (range == null) {
      return null;
    }
    BacklightCompensationOptions20 made = new BacklightCompensationOptions20();
    made.Mode = List.of(OFF, ON);
    made.Level = range;
    return made;
  }

  private @Nullable WideDynamicRange20 wideRange() throws IOException {
    Optional<Control> control = number(Control.WIDE_DYNAMIC_RANGE);
    if (control.isEmpty()) {
      return null;
    }
    WideDynamicRange20 made = new WideDynamicRange20();
    made.Mode = surface.read(control.get()) != 0 ? ON : OFF;
    return made;
  }

  private @Nullable WideDynamicRangeOptions20 wideRangeOptions() throws IOException {
    if (number(Control.WIDE_DYNAMIC_RANGE).isEmpty()) {
      return null;
    }
    WideDynamicRangeOptions20 made = new WideDynamicRangeOptions20();
    made.Mode = List.of(OFF, ON);
    return made;
  }

  private @Nullable WhiteBalance20 whiteBalance() throws IOException {
    Optional<String> mode =
        mode(Control.AUTO_WHITE_BALANCE, Control.RED_BALANCE, Control.BLUE_BALANCE);
    if (mode.isEmpty()) {
      return null;
    }
    WhiteBalance20 made = new WhiteBalance20();
    made.Mode = mode.get();
    made.CrGain = level(Control.RED_BALANCE, 1);
    made.CbGain = level(Control.BLUE_BALANCE, 1);
    return made;
  }

  private @Nullable WhiteBalanceOptions20 whiteBalanceOptions() throws IOException {
    List<String> modes =
        modes(Control.AUTO_WHITE_BALANCE, Control.RED_BALANCE, Control.BLUE_BALANCE);
    if (modes.isEmpty()) {
      return null;
    }
    WhiteBalanceOptions20 made = new WhiteBalanceOptions20();
    made.Mode = modes;
    made.YrGain = range(Control.RED_BALANCE, 1);
    made.YbGain = range(Control.BLUE_BALANCE, 1);
    return made;
  }

  private @Nullable Exposure20 exposure() throws IOException {
    Optional<String> mode = mode(Control.EXPOSURE_AUTO, Control.EXPOSURE_ABSOLUTE);
    if (mode.isEmpty()) {
      return null;
    }
    Exposure20 made = new Exposure20();
    made.Mode = mode.get();
    made.ExposureTime = level(Control.EXPOSURE_ABSOLUTE, EXPOSURE_STEP);
    return made;
  }

  private @Nullable ExposureOptions20 exposureOptions() throws IOException {
    List<String> modes = modes(Control.EXPOSURE_AUTO, Control.EXPOSURE_ABSOLUTE);
    if (modes.isEmpty()) {
      return null;
    }
    ExposureOptions20 made = new ExposureOptions20();
    made.Mode = modes;
    made.ExposureTime = range(Control.EXPOSURE_ABSOLUTE, EXPOSURE_STEP);
    return made;
  }

  private @Nullable FocusConfiguration20 focus() throws IOException {
    Optional<String> mode = mode(Control.FOCUS_AUTO, Control.FOCUS_ABSOLUTE);
    if (mode.isEmpty()) {
      return null;
    }
    FocusConfiguration20 made = new FocusConfiguration20();
    made.AutoFocusMode = mode.get();
    return made;
  }

  private @Nullable FocusOptions20 focusOptions() throws IOException {
    List<String> modes = modes(Control.FOCUS_AUTO, Control.FOCUS_ABSOLUTE);
    if (modes.isEmpty()) {
      return null;
    }
    FocusOptions20 made = new FocusOptions20();
    made.AutoFocusModes = modes;
    return made;
  }

  /** The mode in force; manual where there are numbers and no switch, empty where neither is. */
  private Optional<String> mode(int switchId, int... numbers) throws IOException {
    Optional<AutoSwitch> found = AutoSwitch.find(surface, switchId);
    if (found.isPresent()) {
      return Optional.of(found.get().mode(surface));
    }
    return anyNumber(numbers) ? Optional.of(AutoSwitch.MANUAL) : Optional.empty();
  }

  private List<String> modes(int switchId, int... numbers) throws IOException {
    Optional<AutoSwitch> found = AutoSwitch.find(surface, switchId);
    if (found.isPresent()) {
      return found.get().modes();
    }
    return anyNumber(numbers) ? List.of(AutoSwitch.MANUAL) : List.of();
  }

  private boolean anyNumber(int... ids) throws IOException {
    for (int id : ids) {
      if (number(id).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
