// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.replay;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.MediaTypes;
import org.refcam.onvif.schema.RecordingTypes;

/**
 * All messages of the service. JAXB fills the fields; what a message lacks is null, or an empty
 * list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class ReplayMessages {
  private ReplayMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public Capabilities Capabilities;
  }

  @XmlRootElement(name = "GetReplayUri")
  public static class GetReplayUri {
    public MediaTypes.StreamSetup StreamSetup;
    public String RecordingToken;
  }

  @XmlRootElement(name = "GetReplayUriResponse")
  public static class GetReplayUriResponse {
    public String Uri;
  }

  @XmlRootElement(name = "GetReplayConfiguration")
  public static class GetReplayConfiguration {}

  @XmlRootElement(name = "GetReplayConfigurationResponse")
  public static class GetReplayConfigurationResponse {
    public RecordingTypes.ReplayConfiguration Configuration;
  }

  @XmlRootElement(name = "SetReplayConfiguration")
  public static class SetReplayConfiguration {
    public RecordingTypes.ReplayConfiguration Configuration;
  }

  @XmlRootElement(name = "SetReplayConfigurationResponse")
  public static class SetReplayConfigurationResponse {}

  public static class Capabilities {
    @XmlAttribute(name = "ReversePlayback")
    public Boolean ReversePlayback;

    @XmlAttribute(name = "SessionTimeoutRange")
    public List<Float> SessionTimeoutRange;

    @XmlAttribute(name = "RTP_RTSP_TCP")
    public Boolean RTP_RTSP_TCP;

    @XmlAttribute(name = "RTSPWebSocketUri")
    public String RTSPWebSocketUri;
  }
}
