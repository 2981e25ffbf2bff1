// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.imaging;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.Imaging;

/**
 * All messages of the service. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class ImagingMessages {
  private ImagingMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public Capabilities Capabilities;
  }

  @XmlRootElement(name = "GetImagingSettings")
  public static class GetImagingSettings {
    public String VideoSourceToken;
  }

  @XmlRootElement(name = "GetImagingSettingsResponse")
  public static class GetImagingSettingsResponse {
    public Imaging.ImagingSettings20 ImagingSettings;
  }

  @XmlRootElement(name = "SetImagingSettings")
  public static class SetImagingSettings {
    public String VideoSourceToken;
    public Imaging.ImagingSettings20 ImagingSettings;
    public Boolean ForcePersistence;
  }

  @XmlRootElement(name = "SetImagingSettingsResponse")
  public static class SetImagingSettingsResponse {}

  @XmlRootElement(name = "GetOptions")
  public static class GetOptions {
    public String VideoSourceToken;
  }

  @XmlRootElement(name = "GetOptionsResponse")
  public static class GetOptionsResponse {
    public Imaging.ImagingOptions20 ImagingOptions;
  }

  @XmlRootElement(name = "GetMoveOptions")
  public static class GetMoveOptions {
    public String VideoSourceToken;
  }

  @XmlRootElement(name = "GetMoveOptionsResponse")
  public static class GetMoveOptionsResponse {
    public Imaging.MoveOptions20 MoveOptions;
  }

  @XmlRootElement(name = "GetStatus")
  public static class GetStatus {
    public String VideoSourceToken;
  }

  @XmlRootElement(name = "GetStatusResponse")
  public static class GetStatusResponse {
    public Imaging.ImagingStatus20 Status;
  }

  @XmlRootElement(name = "Move")
  public static class Move {
    public String VideoSourceToken;
    public Imaging.FocusMove Focus;
  }

  @XmlRootElement(name = "MoveResponse")
  public static class MoveResponse {}

  @XmlRootElement(name = "Stop")
  public static class Stop {
    public String VideoSourceToken;
  }

  @XmlRootElement(name = "StopResponse")
  public static class StopResponse {}

  public static class Capabilities {
    @XmlAttribute(name = "ImageStabilization")
    public Boolean ImageStabilization;

    @XmlAttribute(name = "Presets")
    public Boolean Presets;

    @XmlAttribute(name = "AdaptablePreset")
    public Boolean AdaptablePreset;
  }
}
