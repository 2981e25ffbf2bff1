// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAttribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Exposure, focus and the other settings of the sensor. JAXB fills the fields; what a message lacks
 * is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Imaging {
  private Imaging() {}

  public static class ImagingSettings20 {
    public BacklightCompensation20 BacklightCompensation;
    public Float Brightness;
    public Float ColorSaturation;
    public Float Contrast;
    public Exposure20 Exposure;
    public FocusConfiguration20 Focus;
    public String IrCutFilter;
    public Float Sharpness;
    public WideDynamicRange20 WideDynamicRange;
    public WhiteBalance20 WhiteBalance;
  }

  public static class ImagingOptions20 {
    public BacklightCompensationOptions20 BacklightCompensation;
    public MediaTypes.FloatRange Brightness;
    public MediaTypes.FloatRange ColorSaturation;
    public MediaTypes.FloatRange Contrast;
    public ExposureOptions20 Exposure;
    public FocusOptions20 Focus;
    public List<String> IrCutFilterModes = new ArrayList<>();
    public MediaTypes.FloatRange Sharpness;
    public WideDynamicRangeOptions20 WideDynamicRange;
    public WhiteBalanceOptions20 WhiteBalance;
  }

  public static class MoveOptions20 {
    public AbsoluteFocusOptions Absolute;
    public RelativeFocusOptions20 Relative;
    public ContinuousFocusOptions Continuous;
  }

  public static class ImagingStatus20 {
    public FocusStatus20 FocusStatus20;
  }

  public static class FocusMove {
    public AbsoluteFocus Absolute;
    public RelativeFocus Relative;
    public ContinuousFocus Continuous;
  }

  public static class BacklightCompensation20 {
    public String Mode;
    public Float Level;
  }

  public static class Exposure20 {
    public String Mode;
    public String Priority;
    public MediaTypes.Rectangle Window;
    public Float MinExposureTime;
    public Float MaxExposureTime;
    public Float MinGain;
    public Float MaxGain;
    public Float MinIris;
    public Float MaxIris;
    public Float ExposureTime;
    public Float Gain;
    public Float Iris;
  }

  public static class FocusConfiguration20 {
    public String AutoFocusMode;
    public Float DefaultSpeed;
    public Float NearLimit;
    public Float FarLimit;

    @XmlAttribute(name = "AFMode")
    public List<String> AFMode;
  }

  public static class WideDynamicRange20 {
    public String Mode;
    public Float Level;
  }

  public static class WhiteBalance20 {
    public String Mode;
    public Float CrGain;
    public Float CbGain;
  }

  public static class BacklightCompensationOptions20 {
    public List<String> Mode = new ArrayList<>();
    public MediaTypes.FloatRange Level;
  }

  public static class ExposureOptions20 {
    public List<String> Mode = new ArrayList<>();
    public List<String> Priority = new ArrayList<>();
    public MediaTypes.FloatRange MinExposureTime;
    public MediaTypes.FloatRange MaxExposureTime;
    public MediaTypes.FloatRange MinGain;
    public MediaTypes.FloatRange MaxGain;
    public MediaTypes.FloatRange MinIris;
    public MediaTypes.FloatRange MaxIris;
    public MediaTypes.FloatRange ExposureTime;
    public MediaTypes.FloatRange Gain;
    public MediaTypes.FloatRange Iris;
  }

  public static class FocusOptions20 {
    public List<String> AutoFocusModes = new ArrayList<>();
    public MediaTypes.FloatRange DefaultSpeed;
    public MediaTypes.FloatRange NearLimit;
    public MediaTypes.FloatRange FarLimit;
  }

  public static class WideDynamicRangeOptions20 {
    public List<String> Mode = new ArrayList<>();
    public MediaTypes.FloatRange Level;
  }

  public static class WhiteBalanceOptions20 {
    public List<String> Mode = new ArrayList<>();
    public MediaTypes.FloatRange YrGain;
    public MediaTypes.FloatRange YbGain;
  }

  public static class AbsoluteFocusOptions {
    public MediaTypes.FloatRange Position;
    public MediaTypes.FloatRange Speed;
  }

  public static class RelativeFocusOptions20 {
    public MediaTypes.FloatRange Distance;
    public MediaTypes.FloatRange Speed;
  }

  public static class ContinuousFocusOptions {
    public MediaTypes.FloatRange Speed;
  }

  public static class FocusStatus20 {
    public Float Position;
    public String MoveStatus;
    public String Error;
  }

  public static class AbsoluteFocus {
    public Float Position;
    public Float Speed;
  }

  public static class RelativeFocus {
    public Float Distance;
    public Float Speed;
  }

  public static class ContinuousFocus {
    public Float Speed;
  }
}
