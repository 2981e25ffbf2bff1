// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media2;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.Encoders;
import org.refcam.onvif.schema.MediaTypes;

/**
 * Media profiles. JAXB fills the fields; what a message lacks is null, or an empty list. Names and
 * order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Profiles {
  private Profiles() {}

  @XmlRootElement(name = "CreateProfile")
  public static class CreateProfile {
    public String Name;
    public List<ConfigurationRef> Configuration = new ArrayList<>();
  }

  @XmlRootElement(name = "CreateProfileResponse")
  public static class CreateProfileResponse {
    public String Token;
  }

  @XmlRootElement(name = "GetProfiles")
  public static class GetProfiles {
    public String Token;
    public List<String> Type = new ArrayList<>();
  }

  @XmlRootElement(name = "GetProfilesResponse")
  public static class GetProfilesResponse {
    public List<MediaProfile> Profiles = new ArrayList<>();
  }

  @XmlRootElement(name = "AddConfiguration")
  public static class AddConfiguration {
    public String ProfileToken;
    public String Name;
    public List<ConfigurationRef> Configuration = new ArrayList<>();
  }

  @XmlRootElement(name = "AddConfigurationResponse")
  public static class AddConfigurationResponse {}

  @XmlRootElement(name = "RemoveConfiguration")
  public static class RemoveConfiguration {
    public String ProfileToken;
    public List<ConfigurationRef> Configuration = new ArrayList<>();
  }

  @XmlRootElement(name = "RemoveConfigurationResponse")
  public static class RemoveConfigurationResponse {}

  @XmlRootElement(name = "DeleteProfile")
  public static class DeleteProfile {
    public String Token;
  }

  @XmlRootElement(name = "DeleteProfileResponse")
  public static class DeleteProfileResponse {}

  public static class ConfigurationRef {
    public String Type;
    public String Token;
  }

  public static class MediaProfile {
    public String Name;
    public ConfigurationSet Configurations;
    @XmlAttribute public String token;
    @XmlAttribute public Boolean fixed;
  }

  public static class ProfileCapabilities {
    @XmlAttribute(name = "MaximumNumberOfProfiles")
    public Integer MaximumNumberOfProfiles;

    @XmlAttribute(name = "ConfigurationsSupported")
    public List<String> ConfigurationsSupported;
  }

  public static class ConfigurationSet {
    public MediaTypes.VideoSourceConfiguration VideoSource;
    public Encoders.VideoEncoder2Configuration VideoEncoder;
    public MediaTypes.VideoAnalyticsConfiguration Analytics;
    public MediaTypes.MetadataConfiguration Metadata;
  }
}
