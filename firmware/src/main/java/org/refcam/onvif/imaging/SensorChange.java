// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.imaging;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.schema.Imaging.Exposure20;
import org.refcam.onvif.schema.Imaging.FocusConfiguration20;
import org.refcam.onvif.schema.Imaging.ImagingSettings20;
import org.refcam.onvif.schema.Imaging.WhiteBalance20;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.ControlSurface;

/**
 * A change of settings: everything is checked before anything is written, and what was written is
 * taken back if a later write fails. Numbers of an automatic mode are left alone, as the driver
 * would overrule them. Confined to the thread of its surface.
 */
final class SensorChange {
  private final ControlSurface surface;
  private final SensorRead read;
  private final Map<Control, Long> planned = new LinkedHashMap<>(); // switches before numbers

  private SensorChange(ControlSurface surface) {
    this.surface = surface;
    this.read = new SensorRead(surface);
  }

  /**
   * Writes what a message has; what it lacks stays.
   *
   * @return the values written, by the number of their control
   * @throws OnvifFault InvalidArgVal/SettingsInvalid if anything in it cannot be set so
   * @throws IOException if the driver refused; then nothing has changed
   */
  static Map<Integer, Long> apply(ControlSurface surface, ImagingSettings20 wanted)
      throws IOException {
    SensorChange change = new SensorChange(surface);
    change.plan(wanted);
    return change.write();
  }

  /** As {@link #apply}, of one number. */
  static Map<Integer, Long> number(ControlSurface surface, int id, float value) throws IOException {
    SensorChange change = new SensorChange(surface);
    change.number(id, value, 1);
    return change.write();
  }

  static OnvifFault invalid(String text) {
    return OnvifFault.invalid("SettingsInvalid", text);
  }

  private void plan(ImagingSettings20 wanted) throws IOException {
    if (wanted.IrCutFilter != null) {
      throw invalid("there is no infrared filter that can be moved");
    }
    whiteBalance(wanted.WhiteBalance);
    exposure(wanted.Exposure);
    focus(wanted.Focus);
    if (wanted.BacklightCompensation != null) {
      onOff(
          Control.BACKLIGHT_COMPENSATION,
          wanted.BacklightCompensation.Mode,
          wanted.BacklightCompensation.Level);
    }
    if (wanted.WideDynamicRange != null) {
      onOff(Control.WIDE_DYNAMIC_RANGE, wanted.WideDynamicRange.Mode, null);
    }
    number(Control.BRIGHTNESS, wanted.Brightness, 1);
    number(Control.CONTRAST, wanted.Contrast, 1);
    number(Control.SATURATION, wanted.ColorSaturation, 1);
    number(Control.SHARPNESS, wanted.Sharpness, 1);
  }

  private void whiteBalance(@Nullable WhiteBalance20 wanted) throws IOException {
    if (wanted != null && manual(Control.AUTO_WHITE_BALANCE, wanted.Mode)) {
      number(Control.RED_BALANCE, wanted.CrGain, 1);
      number(Control.BLUE_BALANCE, wanted.CbGain, 1);
    }
  }

  private void exposure(@Nullable Exposure20 wanted) throws IOException {
    if (wanted == null) {
      return;
    }
    if (wanted.Gain != null || wanted.Iris != null || wanted.Window != null) {
      throw invalid("gain, iris and window of exposure cannot be set");
    }
    if (manual(Control.EXPOSURE_AUTO, wanted.Mode)) {
      number(Control.EXPOSURE_ABSOLUTE, wanted.ExposureTime, SensorRead.EXPOSURE_STEP);
    }
  }

  private void focus(@Nullable FocusConfiguration20 wanted) throws IOException {
    if (wanted != null) {
      manual(Control.FOCUS_AUTO, wanted.AutoFocusMode);
    }
  }

  /** Plans a switch; whether it then stands at manual. */
  private boolean manual(int id, @Nullable String mode) throws IOException {
    if (mode == null) {
      throw invalid("a mode is missing");
    }
    Optional<AutoSwitch> found = AutoSwitch.find(surface, id);
    if (found.isPresent()) {
      planned.put(found.get().control(), found.get().value(mode));
    } else if (!mode.equals(AutoSwitch.MANUAL)) {
      throw invalid("there is no such mode");
    }
    return mode.equals(AutoSwitch.MANUAL);
  }

  private void onOff(int id, @Nullable String mode, @Nullable Float level) throws IOException {
    Control control = read.number(id).orElseThrow(() -> invalid("there is no such setting"));
    if (SensorRead.OFF.equals(mode)) {
      planned.put(control, control.minimum());
    } else if (!SensorRead.ON.equals(mode)) {
      throw invalid("there is no such mode");
    } else if (level != null && level > control.minimum()) {
      number(id, level, 1);
    } else {
      boolean usual = control.defaultValue() > control.minimum();
      planned.put(control, usual ? control.defaultValue() : control.maximum());
    }
  }

  private void number(int id, @Nullable Float value, int scale) throws IOException {
    if (value == null) {
      return;
    }
    Control control = read.number(id).orElseThrow(() -> invalid("there is no such setting"));
    double wanted = value.doubleValue() / scale;
    if (!(wanted >= control.minimum() - 0.5 && wanted <= control.maximum() + 0.5)) {
      throw invalid("a value is outside its range");
    }
    planned.put(control, control.nearest(Math.round(wanted)));
  }

  private Map<Integer, Long> write() throws IOException {
    Map<Integer, Long> written = new HashMap<>();
    List<Map.Entry<Control, Long>> before = new ArrayList<>();
    for (Map.Entry<Control, Long> one : planned.entrySet()) {
      try {
        before.add(0, Map.entry(one.getKey(), surface.read(one.getKey())));
        surface.write(one.getKey(), one.getValue());
        written.put(one.getKey().id(), one.getValue());
      } catch (IOException e) {
        takeBack(before, e);
        throw e;
      }
    }
    return written;
  }

  private void takeBack(List<Map.Entry<Control, Long>> before, IOException why) {
    for (Map.Entry<Control, Long> one : before) {
      try {
        surface.write(one.getKey(), one.getValue());
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
  }
}
