// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.MediaTypes;

/**
 * Media profiles. JAXB fills the fields; what a message lacks is null, or an empty list. Names and
 * order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Profiles {
  private Profiles() {}

  @XmlRootElement(name = "GetProfile")
  public static class GetProfile {
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetProfileResponse")
  public static class GetProfileResponse {
    public MediaTypes.Profile Profile;
  }

  @XmlRootElement(name = "GetProfiles")
  public static class GetProfiles {}

  @XmlRootElement(name = "GetProfilesResponse")
  public static class GetProfilesResponse {
    public List<MediaTypes.Profile> Profiles = new ArrayList<>();
  }

  @XmlRootElement(name = "CreateProfile")
  public static class CreateProfile {
    public String Name;
    public String Token;
  }

  @XmlRootElement(name = "CreateProfileResponse")
  public static class CreateProfileResponse {
    public MediaTypes.Profile Profile;
  }

  @XmlRootElement(name = "DeleteProfile")
  public static class DeleteProfile {
    public String ProfileToken;
  }

  @XmlRootElement(name = "DeleteProfileResponse")
  public static class DeleteProfileResponse {}

  @XmlRootElement(name = "AddVideoSourceConfiguration")
  public static class AddVideoSourceConfiguration {
    public String ProfileToken;
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "AddVideoSourceConfigurationResponse")
  public static class AddVideoSourceConfigurationResponse {}

  @XmlRootElement(name = "RemoveVideoSourceConfiguration")
  public static class RemoveVideoSourceConfiguration {
    public String ProfileToken;
  }

  @XmlRootElement(name = "RemoveVideoSourceConfigurationResponse")
  public static class RemoveVideoSourceConfigurationResponse {}

  @XmlRootElement(name = "AddVideoEncoderConfiguration")
  public static class AddVideoEncoderConfiguration {
    public String ProfileToken;
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "AddVideoEncoderConfigurationResponse")
  public static class AddVideoEncoderConfigurationResponse {}

  @XmlRootElement(name = "RemoveVideoEncoderConfiguration")
  public static class RemoveVideoEncoderConfiguration {
    public String ProfileToken;
  }

  @XmlRootElement(name = "RemoveVideoEncoderConfigurationResponse")
  public static class RemoveVideoEncoderConfigurationResponse {}

  public static class ProfileCapabilities {
    @XmlAttribute(name = "MaximumNumberOfProfiles")
    public Integer MaximumNumberOfProfiles;
  }
}
