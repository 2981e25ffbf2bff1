// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media2;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.Encoders;

/**
 * Video encoder configurations. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class EncoderMessages {
  private EncoderMessages() {}

  @XmlRootElement(name = "GetVideoEncoderConfigurations")
  public static class GetVideoEncoderConfigurations {
    public String ConfigurationToken;
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetVideoEncoderConfigurationsResponse")
  public static class GetVideoEncoderConfigurationsResponse {
    public List<Encoders.VideoEncoder2Configuration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "SetVideoEncoderConfiguration")
  public static class SetVideoEncoderConfiguration {
    public Encoders.VideoEncoder2Configuration Configuration;
  }

  @XmlRootElement(name = "SetVideoEncoderConfigurationResponse")
  public static class SetVideoEncoderConfigurationResponse {}

  @XmlRootElement(name = "GetVideoEncoderConfigurationOptions")
  public static class GetVideoEncoderConfigurationOptions {
    public String ConfigurationToken;
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetVideoEncoderConfigurationOptionsResponse")
  public static class GetVideoEncoderConfigurationOptionsResponse {
    public List<Encoders.VideoEncoder2ConfigurationOptions> Options = new ArrayList<>();
  }

  @XmlRootElement(name = "GetVideoEncoderInstances")
  public static class GetVideoEncoderInstances {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetVideoEncoderInstancesResponse")
  public static class GetVideoEncoderInstancesResponse {
    public EncoderInstanceInfo Info;
  }

  public static class EncoderInstanceInfo {
    public List<EncoderInstance> Codec = new ArrayList<>();
    public Integer Total;
  }

  public static class EncoderInstance {
    public String Encoding;
    public Integer Number;
  }
}
