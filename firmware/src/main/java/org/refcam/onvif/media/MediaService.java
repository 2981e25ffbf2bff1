// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media;

import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import java.util.Optional;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.MediaProfiles.MediaProfile;
import org.refcam.onvif.MediaRoom;
import org.refcam.onvif.MetadataText;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Overlay;
import org.refcam.onvif.Rooms;
import org.refcam.onvif.Values;
import org.refcam.onvif.VideoControl.EncodedStream;
import org.refcam.onvif.media.EncoderMessages.GetCompatibleVideoEncoderConfigurations;
import org.refcam.onvif.media.EncoderMessages.GetCompatibleVideoEncoderConfigurationsResponse;
import org.refcam.onvif.media.EncoderMessages.GetGuaranteedNumberOfVideoEncoderInstances;
import org.refcam.onvif.media.EncoderMessages.GetGuaranteedNumberOfVideoEncoderInstancesResponse;
import org.refcam.onvif.media.EncoderMessages.GetVideoEncoderConfiguration;
import org.refcam.onvif.media.EncoderMessages.GetVideoEncoderConfigurationOptions;
import org.refcam.onvif.media.EncoderMessages.GetVideoEncoderConfigurationOptionsResponse;
import org.refcam.onvif.media.EncoderMessages.GetVideoEncoderConfigurationResponse;
import org.refcam.onvif.media.EncoderMessages.GetVideoEncoderConfigurations;
import org.refcam.onvif.media.EncoderMessages.GetVideoEncoderConfigurationsResponse;
import org.refcam.onvif.media.EncoderMessages.SetVideoEncoderConfiguration;
import org.refcam.onvif.media.EncoderMessages.SetVideoEncoderConfigurationResponse;
import org.refcam.onvif.media.OsdMessages.CreateOSD;
import org.refcam.onvif.media.OsdMessages.CreateOSDResponse;
import org.refcam.onvif.media.OsdMessages.DeleteOSD;
import org.refcam.onvif.media.OsdMessages.DeleteOSDResponse;
import org.refcam.onvif.media.OsdMessages.GetOSD;
import org.refcam.onvif.media.OsdMessages.GetOSDOptions;
import org.refcam.onvif.media.OsdMessages.GetOSDOptionsResponse;
import org.refcam.onvif.media.OsdMessages.GetOSDResponse;
import org.refcam.onvif.media.OsdMessages.GetOSDs;
import org.refcam.onvif.media.OsdMessages.GetOSDsResponse;
import org.refcam.onvif.media.OsdMessages.SetOSD;
import org.refcam.onvif.media.OsdMessages.SetOSDResponse;
import org.refcam.onvif.media.Profiles.AddVideoEncoderConfiguration;
import org.refcam.onvif.media.Profiles.AddVideoEncoderConfigurationResponse;
import org.refcam.onvif.media.Profiles.AddVideoSourceConfiguration;
import org.refcam.onvif.media.Profiles.AddVideoSourceConfigurationResponse;
import org.refcam.onvif.media.Profiles.CreateProfile;
import org.refcam.onvif.media.Profiles.CreateProfileResponse;
import org.refcam.onvif.media.Profiles.DeleteProfile;
import org.refcam.onvif.media.Profiles.DeleteProfileResponse;
import org.refcam.onvif.media.Profiles.GetProfile;
import org.refcam.onvif.media.Profiles.GetProfileResponse;
import org.refcam.onvif.media.Profiles.GetProfiles;
import org.refcam.onvif.media.Profiles.GetProfilesResponse;
import org.refcam.onvif.media.Profiles.ProfileCapabilities;
import org.refcam.onvif.media.Profiles.RemoveVideoEncoderConfiguration;
import org.refcam.onvif.media.Profiles.RemoveVideoEncoderConfigurationResponse;
import org.refcam.onvif.media.Profiles.RemoveVideoSourceConfiguration;
import org.refcam.onvif.media.Profiles.RemoveVideoSourceConfigurationResponse;
import org.refcam.onvif.media.SourceMessages.AddMetadataConfiguration;
import org.refcam.onvif.media.SourceMessages.AddMetadataConfigurationResponse;
import org.refcam.onvif.media.SourceMessages.Capabilities;
import org.refcam.onvif.media.SourceMessages.GetCompatibleMetadataConfigurations;
import org.refcam.onvif.media.SourceMessages.GetCompatibleMetadataConfigurationsResponse;
import org.refcam.onvif.media.SourceMessages.GetCompatibleVideoSourceConfigurations;
import org.refcam.onvif.media.SourceMessages.GetCompatibleVideoSourceConfigurationsResponse;
import org.refcam.onvif.media.SourceMessages.GetMetadataConfiguration;
import org.refcam.onvif.media.SourceMessages.GetMetadataConfigurationOptions;
import org.refcam.onvif.media.SourceMessages.GetMetadataConfigurationOptionsResponse;
import org.refcam.onvif.media.SourceMessages.GetMetadataConfigurationResponse;
import org.refcam.onvif.media.SourceMessages.GetMetadataConfigurations;
import org.refcam.onvif.media.SourceMessages.GetMetadataConfigurationsResponse;
import org.refcam.onvif.media.SourceMessages.GetServiceCapabilities;
import org.refcam.onvif.media.SourceMessages.GetServiceCapabilitiesResponse;
import org.refcam.onvif.media.SourceMessages.GetVideoSourceConfiguration;
import org.refcam.onvif.media.SourceMessages.GetVideoSourceConfigurationOptions;
import org.refcam.onvif.media.SourceMessages.GetVideoSourceConfigurationOptionsResponse;
import org.refcam.onvif.media.SourceMessages.GetVideoSourceConfigurationResponse;
import org.refcam.onvif.media.SourceMessages.GetVideoSourceConfigurations;
import org.refcam.onvif.media.SourceMessages.GetVideoSourceConfigurationsResponse;
import org.refcam.onvif.media.SourceMessages.GetVideoSources;
import org.refcam.onvif.media.SourceMessages.GetVideoSourcesResponse;
import org.refcam.onvif.media.SourceMessages.RemoveMetadataConfiguration;
import org.refcam.onvif.media.SourceMessages.RemoveMetadataConfigurationResponse;
import org.refcam.onvif.media.SourceMessages.SetMetadataConfiguration;
import org.refcam.onvif.media.SourceMessages.SetMetadataConfigurationResponse;
import org.refcam.onvif.media.SourceMessages.SetVideoSourceConfiguration;
import org.refcam.onvif.media.SourceMessages.SetVideoSourceConfigurationResponse;
import org.refcam.onvif.media.SourceMessages.StreamingCapabilities;
import org.refcam.onvif.media.Uris.GetSnapshotUri;
import org.refcam.onvif.media.Uris.GetSnapshotUriResponse;
import org.refcam.onvif.media.Uris.GetStreamUri;
import org.refcam.onvif.media.Uris.GetStreamUriResponse;
import org.refcam.onvif.media.Uris.SetSynchronizationPoint;
import org.refcam.onvif.media.Uris.SetSynchronizationPointResponse;
import org.refcam.onvif.schema.MediaTypes.MediaUri;
import org.refcam.onvif.schema.MediaTypes.Profile;
import org.refcam.onvif.schema.MediaTypes.StreamSetup;

/**
 * The media service of Profile S (media.wsdl, version 1): what older recorders speak. The same
 * profiles and encoders as {@link org.refcam.onvif.media2.Media2Service}. Safe from any thread.
 */
@WebService(targetNamespace = Namespaces.TRT)
@SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
@SuppressWarnings("MemberName") // the specification's own names
public final class MediaService {
  private final MediaRoom media;
  private final Overlay overlay;

  public MediaService(Rooms rooms) {
    media = rooms.media();
    overlay = rooms.overlay();
  }

  public static Object capabilities() {
    Capabilities made = new Capabilities();
    made.SnapshotUri = true;
    made.Rotation = false;
    made.VideoSourceMode = false;
    made.OSD = true;
    made.TemporaryOSDText = false;
    made.EXICompression = false;
    made.ProfileCapabilities = new ProfileCapabilities();
    made.ProfileCapabilities.MaximumNumberOfProfiles = MediaProfiles.most();
    made.StreamingCapabilities = new StreamingCapabilities();
    made.StreamingCapabilities.RTP_TCP = false;
    made.StreamingCapabilities.RTP_RTSP_TCP = true;
    made.StreamingCapabilities.NonAggregateControl = false;
    made.StreamingCapabilities.NoRTSPStreaming = false;
    return made;
  }

  public GetServiceCapabilitiesResponse GetServiceCapabilities(GetServiceCapabilities request) {
    GetServiceCapabilitiesResponse response = new GetServiceCapabilitiesResponse();
    response.Capabilities = (Capabilities) capabilities();
    return response;
  }

  public GetVideoSourcesResponse GetVideoSources(GetVideoSources request) {
    GetVideoSourcesResponse response = new GetVideoSourcesResponse();
    response.VideoSources.add(media.source());
    return response;
  }

  public GetProfileResponse GetProfile(GetProfile request) {
    GetProfileResponse response = new GetProfileResponse();
    response.Profile = describe(media.profile(request.ProfileToken));
    return response;
  }

  public GetProfilesResponse GetProfiles(GetProfiles request) {
    GetProfilesResponse response = new GetProfilesResponse();
    media.list().forEach(profile -> response.Profiles.add(describe(profile)));
    return response;
  }

  public CreateProfileResponse CreateProfile(CreateProfile request) {
    CreateProfileResponse response = new CreateProfileResponse();
    response.Profile =
        describe(
            media
                .profiles()
                .create(
                    media.video(),
                    Values.required(request.Name, "Name"),
                    Optional.ofNullable(request.Token)));
    return response;
  }

  public DeleteProfileResponse DeleteProfile(DeleteProfile request) {
    media.profiles().delete(media.video(), media.profile(request.ProfileToken).token());
    return new DeleteProfileResponse();
  }

  public AddVideoSourceConfigurationResponse AddVideoSourceConfiguration(
      AddVideoSourceConfiguration request) {
    MediaRoom.requireSourceConfiguration(request.ConfigurationToken);
    MediaProfile old = media.profile(request.ProfileToken);
    replace(old.withSource(true));
    return new AddVideoSourceConfigurationResponse();
  }

  public RemoveVideoSourceConfigurationResponse RemoveVideoSourceConfiguration(
      RemoveVideoSourceConfiguration request) {
    MediaProfile old = media.profile(request.ProfileToken);
    if (old.encoder().isPresent()) {
      throw OnvifFault.of(
          Code.ACTION, "ConfigurationConflict", "an encoder in the profile needs the source");
    }
    replace(old.withSource(false));
    return new RemoveVideoSourceConfigurationResponse();
  }

  public AddVideoEncoderConfigurationResponse AddVideoEncoderConfiguration(
      AddVideoEncoderConfiguration request) {
    EncodedStream stream = media.encoder(request.ConfigurationToken);
    MediaProfile old = media.profile(request.ProfileToken);
    if (!old.source()) {
      throw OnvifFault.of(
          Code.ACTION, "ConfigurationConflict", "an encoder needs a source in the profile");
    }
    replace(old.withEncoder(Optional.of(stream.name())));
    return new AddVideoEncoderConfigurationResponse();
  }

  public RemoveVideoEncoderConfigurationResponse RemoveVideoEncoderConfiguration(
      RemoveVideoEncoderConfiguration request) {
    replace(media.profile(request.ProfileToken).withEncoder(Optional.empty()));
    return new RemoveVideoEncoderConfigurationResponse();
  }

  public GetVideoSourceConfigurationsResponse GetVideoSourceConfigurations(
      GetVideoSourceConfigurations request) {
    GetVideoSourceConfigurationsResponse response = new GetVideoSourceConfigurationsResponse();
    response.Configurations.add(media.sourceConfiguration());
    return response;
  }

  public GetVideoSourceConfigurationResponse GetVideoSourceConfiguration(
      GetVideoSourceConfiguration request) {
    MediaRoom.requireSourceConfiguration(request.ConfigurationToken);
    GetVideoSourceConfigurationResponse response = new GetVideoSourceConfigurationResponse();
    response.Configuration = media.sourceConfiguration();
    return response;
  }

  public GetCompatibleVideoSourceConfigurationsResponse GetCompatibleVideoSourceConfigurations(
      GetCompatibleVideoSourceConfigurations request) {
    media.profile(request.ProfileToken);
    GetCompatibleVideoSourceConfigurationsResponse response =
        new GetCompatibleVideoSourceConfigurationsResponse();
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
    media
        .video()
        .streams()
        .forEach(s -> response.Configurations.add(EncoderText.configuration(media, s)));
    return response;
  }

  public GetVideoEncoderConfigurationResponse GetVideoEncoderConfiguration(
      GetVideoEncoderConfiguration request) {
    GetVideoEncoderConfigurationResponse response = new GetVideoEncoderConfigurationResponse();
    response.Configuration =
        EncoderText.configuration(media, media.encoder(request.ConfigurationToken));
    return response;
  }

  public GetCompatibleVideoEncoderConfigurationsResponse GetCompatibleVideoEncoderConfigurations(
      GetCompatibleVideoEncoderConfigurations request) {
    media.profile(request.ProfileToken);
    GetCompatibleVideoEncoderConfigurationsResponse response =
        new GetCompatibleVideoEncoderConfigurationsResponse();
    media
        .video()
        .streams()
        .forEach(s -> response.Configurations.add(EncoderText.configuration(media, s)));
    return response;
  }

  public SetVideoEncoderConfigurationResponse SetVideoEncoderConfiguration(
      SetVideoEncoderConfiguration request) {
    EncoderText.set(media, Values.required(request.Configuration, "Configuration"));
    return new SetVideoEncoderConfigurationResponse();
  }

  public GetVideoEncoderConfigurationOptionsResponse GetVideoEncoderConfigurationOptions(
      GetVideoEncoderConfigurationOptions request) {
    EncodedStream stream =
        request.ConfigurationToken != null
            ? media.encoder(request.ConfigurationToken)
            : request.ProfileToken != null
                ? media.encoder(media.profile(request.ProfileToken))
                : media.encoder("main");
    GetVideoEncoderConfigurationOptionsResponse response =
        new GetVideoEncoderConfigurationOptionsResponse();
    response.Options = EncoderText.options(stream);
    return response;
  }

  public GetGuaranteedNumberOfVideoEncoderInstancesResponse
      GetGuaranteedNumberOfVideoEncoderInstances(
          GetGuaranteedNumberOfVideoEncoderInstances request) {
    MediaRoom.requireSourceConfiguration(request.ConfigurationToken);
    GetGuaranteedNumberOfVideoEncoderInstancesResponse response =
        new GetGuaranteedNumberOfVideoEncoderInstancesResponse();
    response.TotalNumber = media.video().streams().size();
    response.H264 = response.TotalNumber;
    return response;
  }

  public GetMetadataConfigurationsResponse GetMetadataConfigurations(
      GetMetadataConfigurations request) {
    GetMetadataConfigurationsResponse response = new GetMetadataConfigurationsResponse();
    response.Configurations.add(media.metadataConfiguration());
    return response;
  }

  public GetMetadataConfigurationResponse GetMetadataConfiguration(
      GetMetadataConfiguration request) {
    MetadataText.require(request.ConfigurationToken);
    GetMetadataConfigurationResponse response = new GetMetadataConfigurationResponse();
    response.Configuration = media.metadataConfiguration();
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

  public AddMetadataConfigurationResponse AddMetadataConfiguration(
      AddMetadataConfiguration request) {
    MetadataText.require(request.ConfigurationToken);
    replace(media.profile(request.ProfileToken).withMetadata(true));
    return new AddMetadataConfigurationResponse();
  }

  public RemoveMetadataConfigurationResponse RemoveMetadataConfiguration(
      RemoveMetadataConfiguration request) {
    replace(media.profile(request.ProfileToken).withMetadata(false));
    return new RemoveMetadataConfigurationResponse();
  }

  public GetCompatibleMetadataConfigurationsResponse GetCompatibleMetadataConfigurations(
      GetCompatibleMetadataConfigurations request) {
    media.profile(request.ProfileToken);
    GetCompatibleMetadataConfigurationsResponse response =
        new GetCompatibleMetadataConfigurationsResponse();
    response.Configurations.add(media.metadataConfiguration());
    return response;
  }

  /** Every answer is a stream on TLS: SRTP for the transports that would be plain UDP. */
  public GetStreamUriResponse GetStreamUri(GetStreamUri request) {
    MediaProfile profile = media.profile(request.ProfileToken);
    StreamSetup setup = Values.required(request.StreamSetup, "StreamSetup");
    if (!"RTP-Unicast".equals(setup.Stream)) {
      throw OnvifFault.invalid("InvalidStreamSetup", "streams are unicast");
    }
    boolean udp = setup.Transport != null && "UDP".equals(setup.Transport.Protocol);
    GetStreamUriResponse response = new GetStreamUriResponse();
    response.MediaUri = uri(media.streamUri(profile, udp));
    return response;
  }

  public GetSnapshotUriResponse GetSnapshotUri(GetSnapshotUri request) {
    EncodedStream stream = media.encoder(media.profile(request.ProfileToken));
    GetSnapshotUriResponse response = new GetSnapshotUriResponse();
    response.MediaUri = uri(media.snapshot(stream));
    return response;
  }

  public SetSynchronizationPointResponse SetSynchronizationPoint(SetSynchronizationPoint request) {
    media.synchronise(media.profile(request.ProfileToken));
    return new SetSynchronizationPointResponse();
  }

  public GetOSDsResponse GetOSDs(GetOSDs request) {
    GetOSDsResponse response = new GetOSDsResponse();
    response.OSDs.addAll(
        overlay.list(Optional.empty(), Optional.ofNullable(request.ConfigurationToken)));
    return response;
  }

  public GetOSDResponse GetOSD(GetOSD request) {
    overlay.require(request.OSDToken);
    GetOSDResponse response = new GetOSDResponse();
    response.OSD = overlay.configuration();
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

  private void replace(MediaProfile changed) {
    media.profiles().replace(media.video(), changed);
  }

  private Profile describe(MediaProfile profile) {
    Profile made = new Profile();
    made.token = profile.token();
    made.Name = profile.name();
    made.fixed = profile.fixed();
    if (profile.source()) {
      made.VideoSourceConfiguration = media.sourceConfiguration();
    }
    profile
        .encoder()
        .ifPresent(
            name ->
                made.VideoEncoderConfiguration =
                    EncoderText.configuration(media, media.encoder(name)));
    if (profile.metadata()) {
      made.MetadataConfiguration = media.metadataConfiguration();
    }
    return made;
  }

  private static MediaUri uri(String address) {
    MediaUri made = new MediaUri();
    made.Uri = address;
    made.InvalidAfterConnect = false;
    made.InvalidAfterReboot = false;
    made.Timeout = "PT0S";
    return made;
  }
}
