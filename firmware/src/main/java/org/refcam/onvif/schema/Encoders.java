// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import jakarta.xml.bind.annotation.XmlAttribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * Configurations of video encoders, of Media and of Media2. JAXB fills the fields; what a message
 * lacks is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Encoders {
  private Encoders() {}

  public static class VideoEncoderConfiguration extends MediaTypes.ConfigurationEntity {
    public String Encoding;
    public VideoResolution Resolution;
    public Float Quality;
    public VideoRateControl RateControl;
    public H264Configuration H264;
    public Network.MulticastConfiguration Multicast;
    public String SessionTimeout;

    @XmlAttribute(name = "GuaranteedFrameRate")
    public Boolean GuaranteedFrameRate;
  }

  public static class VideoEncoderConfigurationOptions {
    public MediaTypes.IntRange QualityRange;
    public H264Options H264;

    @XmlAttribute(name = "GuaranteedFrameRateSupported")
    public Boolean GuaranteedFrameRateSupported;
  }

  public static class VideoEncoder2Configuration extends MediaTypes.ConfigurationEntity {
    public String Encoding;
    public VideoResolution2 Resolution;
    public VideoRateControl2 RateControl;
    public Network.MulticastConfiguration Multicast;
    public Float Quality;

    @XmlAttribute(name = "GovLength")
    public Integer GovLength;

    @XmlAttribute(name = "AnchorFrameDistance")
    public Integer AnchorFrameDistance;

    @XmlAttribute(name = "Profile")
    public String Profile;

    @XmlAttribute(name = "GuaranteedFrameRate")
    public Boolean GuaranteedFrameRate;

    @XmlAttribute(name = "Signed")
    public Boolean Signed;

    @XmlAttribute(name = "SecureStreamingProtocolAlgorithm")
    public String SecureStreamingProtocolAlgorithm;
  }

  public static class VideoEncoder2ConfigurationOptions {
    public String Encoding;
    public MediaTypes.FloatRange QualityRange;
    public List<VideoResolution2> ResolutionsAvailable = new ArrayList<>();
    public MediaTypes.IntRange BitrateRange;

    @XmlAttribute(name = "GovLengthRange")
    public List<Integer> GovLengthRange;

    @XmlAttribute(name = "MaxAnchorFrameDistance")
    public Integer MaxAnchorFrameDistance;

    @XmlAttribute(name = "FrameRatesSupported")
    public List<Float> FrameRatesSupported;

    @XmlAttribute(name = "ProfilesSupported")
    public List<String> ProfilesSupported;

    @XmlAttribute(name = "ConstantBitRateSupported")
    public Boolean ConstantBitRateSupported;

    @XmlAttribute(name = "AverageBitRateSupported")
    public Boolean AverageBitRateSupported;

    @XmlAttribute(name = "GuaranteedFrameRateSupported")
    public Boolean GuaranteedFrameRateSupported;

    @XmlAttribute(name = "SecureStreamingProtocolAlgorithms")
    public List<String> SecureStreamingProtocolAlgorithms;

    @XmlAttribute(name = "SigningSupported")
    public Boolean SigningSupported;
  }

  public static class VideoResolution {
    public Integer Width;
    public Integer Height;
  }

  public static class VideoRateControl {
    public Integer FrameRateLimit;
    public Integer EncodingInterval;
    public Integer BitrateLimit;
  }

  public static class H264Configuration {
    public Integer GovLength;
    public String H264Profile;
  }

  public static class H264Options {
    public List<VideoResolution> ResolutionsAvailable = new ArrayList<>();
    public MediaTypes.IntRange GovLengthRange;
    public MediaTypes.IntRange FrameRateRange;
    public MediaTypes.IntRange EncodingIntervalRange;
    public List<String> H264ProfilesSupported = new ArrayList<>();
  }

  public static class VideoResolution2 {
    public Integer Width;
    public Integer Height;
  }

  public static class VideoRateControl2 {
    public Float FrameRateLimit;
    public Integer BitrateLimit;
    public Integer AverageBitRate;

    @XmlAttribute(name = "ConstantBitRate")
    public Boolean ConstantBitRate;
  }
}
