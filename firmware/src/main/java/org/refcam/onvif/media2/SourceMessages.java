// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media2;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.refcam.onvif.schema.MediaTypes;

/**
 * Video sources, metadata, and what the service can do. JAXB fills the fields; what a message lacks
 * is null, or an empty list. Names and order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class SourceMessages {
  private SourceMessages() {}

  @XmlRootElement(name = "GetServiceCapabilities")
  public static class GetServiceCapabilities {}

  @XmlRootElement(name = "GetServiceCapabilitiesResponse")
  public static class GetServiceCapabilitiesResponse {
    public Capabilities2 Capabilities;
  }

  @XmlRootElement(name = "GetVideoSourceConfigurations")
  public static class GetVideoSourceConfigurations {
    public String ConfigurationToken;
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetVideoSourceConfigurationsResponse")
  public static class GetVideoSourceConfigurationsResponse {
    public List<MediaTypes.VideoSourceConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "GetMetadataConfigurations")
  public static class GetMetadataConfigurations {
    public String ConfigurationToken;
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetMetadataConfigurationsResponse")
  public static class GetMetadataConfigurationsResponse {
    public List<MediaTypes.MetadataConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "GetMetadataConfigurationOptions")
  public static class GetMetadataConfigurationOptions {
    public String ConfigurationToken;
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetMetadataConfigurationOptionsResponse")
  public static class GetMetadataConfigurationOptionsResponse {
    public MediaTypes.MetadataConfigurationOptions Options;
  }

  @XmlRootElement(name = "SetMetadataConfiguration")
  public static class SetMetadataConfiguration {
    public MediaTypes.MetadataConfiguration Configuration;
  }

  @XmlRootElement(name = "SetMetadataConfigurationResponse")
  public static class SetMetadataConfigurationResponse {}

  @XmlRootElement(name = "GetAnalyticsConfigurations")
  public static class GetAnalyticsConfigurations {
    public String ConfigurationToken;
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetAnalyticsConfigurationsResponse")
  public static class GetAnalyticsConfigurationsResponse {
    public List<MediaTypes.VideoAnalyticsConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "SetVideoSourceConfiguration")
  public static class SetVideoSourceConfiguration {
    public MediaTypes.VideoSourceConfiguration Configuration;
  }

  @XmlRootElement(name = "SetVideoSourceConfigurationResponse")
  public static class SetVideoSourceConfigurationResponse {}

  @XmlRootElement(name = "GetVideoSourceConfigurationOptions")
  public static class GetVideoSourceConfigurationOptions {
    public String ConfigurationToken;
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetVideoSourceConfigurationOptionsResponse")
  public static class GetVideoSourceConfigurationOptionsResponse {
    public MediaTypes.VideoSourceConfigurationOptions Options;
  }

  public static class Capabilities2 {
    public Profiles.ProfileCapabilities ProfileCapabilities;
    public StreamingCapabilities StreamingCapabilities;

    @XmlAttribute(name = "SnapshotUri")
    public Boolean SnapshotUri;

    @XmlAttribute(name = "Rotation")
    public Boolean Rotation;

    @XmlAttribute(name = "VideoSourceMode")
    public Boolean VideoSourceMode;

    @XmlAttribute(name = "OSD")
    public Boolean OSD;

    @XmlAttribute(name = "TemporaryOSDText")
    public Boolean TemporaryOSDText;

    @XmlAttribute(name = "Mask")
    public Boolean Mask;

    @XmlAttribute(name = "SourceMask")
    public Boolean SourceMask;

    @XmlAttribute(name = "WebRTC")
    public Integer WebRTC;

    @XmlAttribute(name = "WebRTC_codecs")
    public List<String> WebRTC_codecs;
  }

  public static class StreamingCapabilities {
    @XmlAttribute(name = "RTSPStreaming")
    public Boolean RTSPStreaming;

    @XmlAttribute(name = "RTP_RTSP_TCP")
    public Boolean RTP_RTSP_TCP;

    @XmlAttribute(name = "NonAggregateControl")
    public Boolean NonAggregateControl;

    @XmlAttribute(name = "RTSPWebSocketUri")
    public String RTSPWebSocketUri;

    @XmlAttribute(name = "SecureRTSPStreaming")
    public Boolean SecureRTSPStreaming;
  }
}
