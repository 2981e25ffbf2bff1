// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media2;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.AnalyticsText;
import org.refcam.onvif.Call;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.MediaProfiles.MediaProfile;
import org.refcam.onvif.MediaRoom;
import org.refcam.onvif.MetadataText;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.Overlay;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.Values;
import org.refcam.onvif.VideoControl.EncodedStream;
import org.refcam.onvif.media2.EncoderMessages.EncoderInstance;
import org.refcam.onvif.media2.EncoderMessages.EncoderInstanceInfo;
import org.refcam.onvif.media2.EncoderMessages.GetVideoEncoderConfigurationOptions;
import org.refcam.onvif.media2.EncoderMessages.GetVideoEncoderConfigurationOptionsResponse;
import org.refcam.onvif.media2.EncoderMessages.GetVideoEncoderConfigurations;
import org.refcam.onvif.media2.EncoderMessages.GetVideoEncoderConfigurationsResponse;
import org.refcam.onvif.media2.EncoderMessages.GetVideoEncoderInstances;
import org.refcam.onvif.media2.EncoderMessages.GetVideoEncoderInstancesResponse;
import org.refcam.onvif.media2.EncoderMessages.SetVideoEncoderConfiguration;
import org.refcam.onvif.media2.EncoderMessages.SetVideoEncoderConfigurationResponse;
import org.refcam.onvif.media2.MaskMessages.CreateMask;
import org.refcam.onvif.media2.MaskMessages.CreateMaskResponse;
import org.refcam.onvif.media2.MaskMessages.DeleteMask;
import org.refcam.onvif.media2.MaskMessages.DeleteMaskResponse;
import org.refcam.onvif.media2.MaskMessages.GetMaskOptions;
import org.refcam.onvif.media2.MaskMessages.GetMaskOptionsResponse;
import org.refcam.onvif.media2.MaskMessages.GetMasks;
import org.refcam.onvif.media2.MaskMessages.GetMasksResponse;
import org.refcam.onvif.media2.MaskMessages.SetMask;
import org.refcam.onvif.media2.MaskMessages.SetMaskResponse;
import org.refcam.onvif.media2.OsdMessages.CreateOSD;
import org.refcam.onvif.media2.OsdMessages.CreateOSDResponse;
import org.refcam.onvif.media2.OsdMessages.DeleteOSD;
import org.refcam.onvif.media2.OsdMessages.DeleteOSDResponse;
import org.refcam.onvif.media2.OsdMessages.GetOSDOptions;
import org.refcam.onvif.media2.OsdMessages.GetOSDOptionsResponse;
import org.refcam.onvif.media2.OsdMessages.GetOSDs;
import org.refcam.onvif.media2.OsdMessages.GetOSDsResponse;
import org.refcam.onvif.media2.OsdMessages.SetOSD;
import org.refcam.onvif.media2.OsdMessages.SetOSDResponse;
import org.refcam.onvif.media2.Profiles.AddConfiguration;
import org.refcam.onvif.media2.Profiles.AddConfigurationResponse;
import org.refcam.onvif.media2.Profiles.CreateProfile;
import org.refcam.onvif.media2.Profiles.CreateProfileResponse;
import org.refcam.onvif.media2.Profiles.DeleteProfile;
import org.refcam.onvif.media2.Profiles.DeleteProfileResponse;
import org.refcam.onvif.media2.Profiles.GetProfiles;
import org.refcam.onvif.media2.Profiles.GetProfilesResponse;
import org.refcam.onvif.media2.Profiles.ProfileCapabilities;
import org.refcam.onvif.media2.Profiles.RemoveConfiguration;
import org.refcam.onvif.media2.Profiles.RemoveConfigurationResponse;
import org.refcam.onvif.media2.SourceMessages.Capabilities2;
import org.refcam.onvif.media2.SourceMessages.GetAnalyticsConfigurations;
import org.refcam.onvif.media2.SourceMessages.GetAnalyticsConfigurationsResponse;
import org.refcam.onvif.media2.SourceMessages.GetMetadataConfigurationOptions;
import org.refcam.onvif.media2.SourceMessages.GetMetadataConfigurationOptionsResponse;
import org.refcam.onvif.media2.SourceMessages.GetMetadataConfigurations;
import org.refcam.onvif.media2.SourceMessages.GetMetadataConfigurationsResponse;
import org.refcam.onvif.media2.SourceMessages.GetServiceCapabilities;
import org.refcam.onvif.media2.SourceMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.media2.SourceMessages.GetVideoSourceConfigurationOptions;
import org.refcam.onvif.media2.SourceMessages.GetVideoSourceConfigurationOptionsResponse;
import org.refcam.onvif.media2.SourceMessages.GetVideoSourceConfigurations;
import org.refcam.onvif.media2.SourceMessages.GetVideoSourceConfigurationsResponse;
import org.refcam.onvif.media2.SourceMessages.SetMetadataConfiguration;
import org.refcam.onvif.media2.SourceMessages.SetMetadataConfigurationResponse;
import org.refcam.onvif.media2.SourceMessages.SetVideoSourceConfiguration;
import org.refcam.onvif.media2.SourceMessages.SetVideoSourceConfigurationResponse;
import org.refcam.onvif.media2.SourceMessages.StreamingCapabilities;
import org.refcam.onvif.media2.Uris.GetSnapshotUri;
import org.refcam.onvif.media2.Uris.GetSnapshotUriResponse;
import org.refcam.onvif.media2.Uris.GetStreamUri;
import org.refcam.onvif.media2.Uris.GetStreamUriResponse;
import org.refcam.onvif.media2.Uris.SetSynchronizationPoint;
import org.refcam.onvif.media2.Uris.SetSynchronizationPointResponse;

/** The media service of Profile T (media.wsdl, version 2). Safe from any thread. */
@WebService(targetNamespace = Namespaces.TR2)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class Media2Service {
  private final MediaRoom media;
  private final Overlay overlay;
  private final MaskDesk masks;
  private final ProfileDesk profiles;

  public Media2Service(Rooms rooms) {
    media = rooms.media();
    overlay = rooms.overlay();
    masks = new MaskDesk(rooms.masks());
    profiles = new ProfileDesk(media);
  }

  public static Object capabilities() {
    Capabilities2 made = new Capabilities2();
    made.SnapshotUri = true;
    made.Rotation = false;
    made.VideoSourceMode = false;
    made.OSD = true;
    made.TemporaryOSDText = false;
    made.Mask = true;
    made.SourceMask = true;
    made.ProfileCapabilities = new ProfileCapabilities();
    made.ProfileCapabilities.MaximumNumberOfProfiles = MediaProfiles.most();
    made.ProfileCapabilities.ConfigurationsSupported =
        List.of("VideoSource", "VideoEncoder", "Analytics", "Metadata");
    made.StreamingCapabilities = new StreamingCapabilities();
    made.StreamingCapabilities.RTSPStreaming = true;
    made.StreamingCapabilities.RTP_RTSP_TCP = true;
    made.StreamingCapabilities.NonAggregateControl = false;
    Call call = Call.current();
    made.StreamingCapabilities.RTSPWebSocketUri =
        "wss://" + call.host() + ":" + call.port() + "/rtsp";
    made.StreamingCapabilities.SecureRTSPStreaming = true;
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities2) capabilities();
    return response;
  }

  public CreateProfileResponse CreateProfile(CreateProfile request) {
    CreateProfileResponse response = new CreateProfileResponse();
    response.Token = profiles.create(request);
    return response;
  }

  public GetProfilesResponse GetProfiles(GetProfiles request) {
    return profiles.list(request);
  }

  public AddConfigurationResponse AddConfiguration(AddConfiguration request) {
    profiles.add(request.ProfileToken, Optional.ofNullable(request.Name), request.Configuration);
    return new AddConfigurationResponse();
  }

  public RemoveConfigurationResponse RemoveConfiguration(RemoveConfiguration request) {
    profiles.remove(request.ProfileToken, request.Configuration);
    return new RemoveConfigurationResponse();
  }

  public DeleteProfileResponse DeleteProfile(DeleteProfile request) {
    media.profiles().delete(media.video(), media.profile(request.Token).token());
    return new DeleteProfileResponse();
  }

  public GetVideoSourceConfigurationsResponse GetVideoSourceConfigurations(
      GetVideoSourceConfigurations request) {
    if (request.ConfigurationToken != null) {
      MediaRoom.requireSourceConfiguration(request.ConfigurationToken);
    }
    GetVideoSourceConfigurationsResponse response = new GetVideoSourceConfigurationsResponse();
    response.Configurations.add(media.sourceConfiguration());
    return response;
  }

  public SetVideoSourceConfigurationResponse SetVideoSourceConfiguration(
      SetVideoSourceConfiguration request) {
    media.setSourceConfiguration(request.Configuration);
    return new SetVideoSourceConfigurationResponse();
  }

  public GetVideoSourceConfigurationOptionsResponse GetVideoSourceConfigurationOptions(
      GetVideoSourceConfigurationOptions request) {
    if (request.ConfigurationToken != null) {
      MediaRoom.requireSourceConfiguration(request.ConfigurationToken);
    }
    GetVideoSourceConfigurationOptionsResponse response =
        new GetVideoSourceConfigurationOptionsResponse();
    response.Options = media.sourceOptions();
    return response;
  }

  public GetVideoEncoderConfigurationsResponse GetVideoEncoderConfigurations(
      GetVideoEncoderConfigurations request) {
    GetVideoEncoderConfigurationsResponse response = new GetVideoEncoderConfigurationsResponse();
    asked(request.ConfigurationToken, request.ProfileToken)
        .forEach(s -> response.Configurations.add(Encoder2Text.configuration(media, s)));
    return response;
  }

  public SetVideoEncoderConfigurationResponse SetVideoEncoderConfiguration(
      SetVideoEncoderConfiguration request) {
    Encoder2Text.set(media, Values.required(request.Configuration, "Configuration"));
    return new SetVideoEncoderConfigurationResponse();
  }

  public GetVideoEncoderConfigurationOptionsResponse GetVideoEncoderConfigurationOptions(
      GetVideoEncoderConfigurationOptions request) {
    GetVideoEncoderConfigurationOptionsResponse response =
        new GetVideoEncoderConfigurationOptionsResponse();
    // without a token, what every encoder can do is asked: the smaller one's
    List<EncodedStream> streams = asked(request.ConfigurationToken, request.ProfileToken);
    response.Options.add(Encoder2Text.options(streams.get(streams.size() - 1)));
    return response;
  }

  public GetVideoEncoderInstancesResponse GetVideoEncoderInstances(
      GetVideoEncoderInstances request) {
    MediaRoom.requireSourceConfiguration(request.ConfigurationToken);
    EncoderInstance h264 = new EncoderInstance();
    h264.Encoding = "H264";
    h264.Number = media.video().streams().size();
    GetVideoEncoderInstancesResponse response = new GetVideoEncoderInstancesResponse();
    response.Info = new EncoderInstanceInfo();
    response.Info.Codec.add(h264);
    response.Info.Total = h264.Number;
    return response;
  }

  public GetMetadataConfigurationsResponse GetMetadataConfigurations(
      GetMetadataConfigurations request) {
    if (request.ConfigurationToken != null) {
      MetadataText.require(request.ConfigurationToken);
    }
    GetMetadataConfigurationsResponse response = new GetMetadataConfigurationsResponse();
    response.Configurations.add(media.metadataConfiguration());
    return response;
  }

  public GetMetadataConfigurationOptionsResponse GetMetadataConfigurationOptions(
      GetMetadataConfigurationOptions request) {
    if (request.ConfigurationToken != null) {
      MetadataText.require(request.ConfigurationToken);
    }
    GetMetadataConfigurationOptionsResponse response =
        new GetMetadataConfigurationOptionsResponse();
    response.Options = MetadataText.options();
    return response;
  }

  public SetMetadataConfigurationResponse SetMetadataConfiguration(
      SetMetadataConfiguration request) {
    media.setMetadataConfiguration(request.Configuration);
    return new SetMetadataConfigurationResponse();
  }

  public GetAnalyticsConfigurationsResponse GetAnalyticsConfigurations(
      GetAnalyticsConfigurations request) {
    if (request.ConfigurationToken != null) {
      AnalyticsText.require(request.ConfigurationToken);
    }
    GetAnalyticsConfigurationsResponse response = new GetAnalyticsConfigurationsResponse();
    response.Configurations.add(media.analyticsConfiguration());
    return response;
  }

  /**
   * The address for a transport: TLS with the media in it, SRTP over UDP, or RTP in a WebSocket.
   *
   * @throws OnvifFault InvalidArgVal/InvalidStreamSetup for multicast, or metadata over UDP
   */
  public GetStreamUriResponse GetStreamUri(GetStreamUri request) {
    MediaProfile profile = media.profile(request.ProfileToken);
    GetStreamUriResponse response = new GetStreamUriResponse();
    response.Uri =
        switch (Values.required(request.Protocol, "Protocol")) {
          case "RTSP", "RtspOverHttp", "RTSPS" -> media.streamUri(profile, false);
          case "RtspUnicast", "RtspsUnicast" -> media.streamUri(profile, true);
          case "RtspOverWebSocket", "RtspsOverWebSocket" -> media.streamUri(profile, false);
          default -> throw OnvifFault.invalid("InvalidStreamSetup", "no such transport here");
        };
    return response;
  }

  public GetSnapshotUriResponse GetSnapshotUri(GetSnapshotUri request) {
    GetSnapshotUriResponse response = new GetSnapshotUriResponse();
    response.Uri = media.snapshot(media.encoder(media.profile(request.ProfileToken)));
    return response;
  }

  public SetSynchronizationPointResponse SetSynchronizationPoint(SetSynchronizationPoint request) {
    media.synchronise(media.profile(request.ProfileToken));
    return new SetSynchronizationPointResponse();
  }

  public GetOSDsResponse GetOSDs(GetOSDs request) {
    GetOSDsResponse response = new GetOSDsResponse();
    response.OSDs.addAll(
        overlay.list(
            Optional.ofNullable(request.OSDToken),
            Optional.ofNullable(request.ConfigurationToken)));
    return response;
  }

  public GetOSDOptionsResponse GetOSDOptions(GetOSDOptions request) {
    GetOSDOptionsResponse response = new GetOSDOptionsResponse();
    response.OSDOptions = overlay.options(request.ConfigurationToken);
    return response;
  }

  public SetOSDResponse SetOSD(SetOSD request) {
    overlay.set(request.OSD);
    return new SetOSDResponse();
  }

  public CreateOSDResponse CreateOSD(CreateOSD request) {
    CreateOSDResponse response = new CreateOSDResponse();
    response.OSDToken = overlay.create(request.OSD);
    return response;
  }

  public DeleteOSDResponse DeleteOSD(DeleteOSD request) {
    overlay.delete(request.OSDToken);
    return new DeleteOSDResponse();
  }

  public GetMasksResponse GetMasks(GetMasks request) {
    return masks.list(request);
  }

  public GetMaskOptionsResponse GetMaskOptions(GetMaskOptions request) {
    MediaRoom.requireSourceConfiguration(request.ConfigurationToken);
    return MaskDesk.options();
  }

  public SetMaskResponse SetMask(SetMask request) {
    masks.set(request.Mask);
    return new SetMaskResponse();
  }

  public CreateMaskResponse CreateMask(CreateMask request) {
    CreateMaskResponse response = new CreateMaskResponse();
    response.Token = masks.create(request.Mask);
    return response;
  }

  public DeleteMaskResponse DeleteMask(DeleteMask request) {
    masks.delete(request.Token);
    return new DeleteMaskResponse();
  }

  private List<EncodedStream> asked(@Nullable String configuration, @Nullable String profile) {
    if (configuration != null) {
      return List.of(media.encoder(configuration));
    }
    if (profile != null && media.profile(profile).fixed()) {
      return List.of(media.encoder(media.profile(profile)));
    }
    return media.video().streams();
  }
}
