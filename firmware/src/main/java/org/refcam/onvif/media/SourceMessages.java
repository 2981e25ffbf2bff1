// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media;

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
    public Capabilities Capabilities;
  }

  @XmlRootElement(name = "GetVideoSources")
  public static class GetVideoSources {}

  @XmlRootElement(name = "GetVideoSourcesResponse")
  public static class GetVideoSourcesResponse {
    public List<MediaTypes.VideoSource> VideoSources = new ArrayList<>();
  }

  @XmlRootElement(name = "GetVideoSourceConfigurations")
  public static class GetVideoSourceConfigurations {}

  @XmlRootElement(name = "GetVideoSourceConfigurationsResponse")
  public static class GetVideoSourceConfigurationsResponse {
    public List<MediaTypes.VideoSourceConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "GetMetadataConfigurations")
  public static class GetMetadataConfigurations {}

  @XmlRootElement(name = "GetMetadataConfigurationsResponse")
  public static class GetMetadataConfigurationsResponse {
    public List<MediaTypes.MetadataConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "GetVideoSourceConfiguration")
  public static class GetVideoSourceConfiguration {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetVideoSourceConfigurationResponse")
  public static class GetVideoSourceConfigurationResponse {
    public MediaTypes.VideoSourceConfiguration Configuration;
  }

  @XmlRootElement(name = "GetCompatibleVideoSourceConfigurations")
  public static class GetCompatibleVideoSourceConfigurations {
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetCompatibleVideoSourceConfigurationsResponse")
  public static class GetCompatibleVideoSourceConfigurationsResponse {
    public List<MediaTypes.VideoSourceConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "GetMetadataConfiguration")
  public static class GetMetadataConfiguration {
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "GetMetadataConfigurationResponse")
  public static class GetMetadataConfigurationResponse {
    public MediaTypes.MetadataConfiguration Configuration;
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
    public Boolean ForcePersistence;
  }

  @XmlRootElement(name = "SetMetadataConfigurationResponse")
  public static class SetMetadataConfigurationResponse {}

  @XmlRootElement(name = "AddMetadataConfiguration")
  public static class AddMetadataConfiguration {
    public String ProfileToken;
    public String ConfigurationToken;
  }

  @XmlRootElement(name = "AddMetadataConfigurationResponse")
  public static class AddMetadataConfigurationResponse {}

  @XmlRootElement(name = "RemoveMetadataConfiguration")
  public static class RemoveMetadataConfiguration {
    public String ProfileToken;
  }

  @XmlRootElement(name = "RemoveMetadataConfigurationResponse")
  public static class RemoveMetadataConfigurationResponse {}

  @XmlRootElement(name = "GetCompatibleMetadataConfigurations")
  public static class GetCompatibleMetadataConfigurations {
    public String ProfileToken;
  }

  @XmlRootElement(name = "GetCompatibleMetadataConfigurationsResponse")
  public static class GetCompatibleMetadataConfigurationsResponse {
    public List<MediaTypes.MetadataConfiguration> Configurations = new ArrayList<>();
  }

  @XmlRootElement(name = "SetVideoSourceConfiguration")
  public static class SetVideoSourceConfiguration {
    public MediaTypes.VideoSourceConfiguration Configuration;
    public Boolean ForcePersistence;
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

  public static class Capabilities {
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

    @XmlAttribute(name = "EXICompression")
    public Boolean EXICompression;
  }

  public static class StreamingCapabilities {
    @XmlAttribute(name = "RTP_TCP")
    public Boolean RTP_TCP;

    @XmlAttribute(name = "RTP_RTSP_TCP")
    public Boolean RTP_RTSP_TCP;

    @XmlAttribute(name = "NonAggregateControl")
    public Boolean NonAggregateControl;

    @XmlAttribute(name = "NoRTSPStreaming")
    public Boolean NoRTSPStreaming;
  }
}
