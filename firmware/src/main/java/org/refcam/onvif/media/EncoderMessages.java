// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media;

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
  public static class GetVideoEncoderConfigurations {}

  @XmlRootElement(name = "GetVideoEncoderConfigurationsResponse")
  public static class GetVideoEncoderConfigurationsResponse {
    public List<Encoders.VideoEncoderConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "GetVideoEncoderConfiguration")
  public static class GetVideoEncoderConfiguration {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetVideoEncoderConfigurationResponse")
  public static class GetVideoEncoderConfigurationResponse {
    public Encoders.VideoEncoderConfiguration Configuration;
  }

  @XmlRootElement(name = "GetCompatibleVideoEncoderConfigurations")
  public static class GetCompatibleVideoEncoderConfigurations {
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetCompatibleVideoEncoderConfigurationsResponse")
  public static class GetCompatibleVideoEncoderConfigurationsResponse {
    public List<Encoders.VideoEncoderConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "SetVideoEncoderConfiguration")
  public static class SetVideoEncoderConfiguration {
    public Encoders.VideoEncoderConfiguration Configuration;
    public Boolean ForcePersistence;
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
    public Encoders.VideoEncoderConfigurationOptions Options;
  }

  @XmlRootElement(name = "GetGuaranteedNumberOfVideoEncoderInstances")
  public static class GetGuaranteedNumberOfVideoEncoderInstances {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetGuaranteedNumberOfVideoEncoderInstancesResponse")
  public static class GetGuaranteedNumberOfVideoEncoderInstancesResponse {
    public Integer TotalNumber;
    public Integer H264;
  }
}
