// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media2;

import java.util.List;
import java.util.Optional;
import org.refcam.onvif.AnalyticsText;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.MediaRoom;
import org.refcam.onvif.MetadataText;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Values;
import org.refcam.onvif.media2.Profiles.ConfigurationRef;
import org.refcam.onvif.media2.Profiles.ConfigurationSet;
import org.refcam.onvif.media2.Profiles.CreateProfile;
import org.refcam.onvif.media2.Profiles.GetProfiles;
import org.refcam.onvif.media2.Profiles.GetProfilesResponse;
import org.refcam.onvif.media2.Profiles.MediaProfile;

/** Media profiles and what is in them. Safe from any thread. */
final class ProfileDesk {
  private final MediaRoom media;

  ProfileDesk(MediaRoom media) {
    this.media = media;
  }

  GetProfilesResponse list(GetProfiles request) {
    GetProfilesResponse response = new GetProfilesResponse();
    if (request.Token != null) {
      response.Profiles.add(describe(media.profile(request.Token), request.Type));
    } else {
      media.list().forEach(profile -> response.Profiles.add(describe(profile, request.Type)));
    }
    return response;
  }

  /** Makes a profile; if a configuration does not fit, none is made. */
  String create(CreateProfile request) {
    MediaProfiles.MediaProfile made =
        media
            .profiles()
            .create(media.video(), Values.required(request.Name, "Name"), Optional.empty());
    try {
      add(made.token(), Optional.empty(), request.Configuration);
    } catch (OnvifFault e) {
      media.profiles().delete(media.video(), made.token());
      throw e;
    }
    return made.token();
  }

  void add(String token, Optional<String> name, List<ConfigurationRef> configurations) {
    MediaProfiles.MediaProfile profile = media.profile(token);
    MediaProfiles.MediaProfile changed = profile.withName(name.orElse(profile.name()));
    for (ConfigurationRef one : configurations) {
      changed = with(changed, one);
    }
    replace(changed);
  }

  void remove(String token, List<ConfigurationRef> configurations) {
    MediaProfiles.MediaProfile profile = media.profile(token);
    MediaProfiles.MediaProfile changed = profile;
    for (ConfigurationRef one : configurations) {
      changed =
          switch (Values.required(one.Type, "Type")) {
            case "All" ->
                changed
                    .withSource(false)
                    .withEncoder(Optional.empty())
                    .withMetadata(false)
                    .withAnalytics(false);
            case "VideoSource" -> changed.withSource(false);
            case "VideoEncoder" -> changed.withEncoder(Optional.empty());
            case "Metadata" -> changed.withMetadata(false);
            case "Analytics" -> changed.withAnalytics(false);
            default -> throw MediaRoom.noConfig();
          };
    }
    replace(changed);
  }

  private MediaProfiles.MediaProfile with(
      MediaProfiles.MediaProfile profile, ConfigurationRef added) {
    switch (Values.required(added.Type, "Type")) {
      case "VideoSource" -> {
        if (added.Token != null) {
          MediaRoom.requireSourceConfiguration(added.Token);
        }
        return profile.withSource(true);
      }
      case "VideoEncoder" -> {
        String encoder = media.encoder(added.Token == null ? "main" : added.Token).name();
        return profile.withEncoder(Optional.of(encoder));
      }
      case "Metadata" -> {
        if (added.Token != null) {
          MetadataText.require(added.Token);
        }
        return profile.withMetadata(true);
      }
      case "Analytics" -> {
        if (added.Token != null) {
          AnalyticsText.require(added.Token);
        }
        return profile.withAnalytics(true);
      }
      default -> throw MediaRoom.noConfig();
    }
  }

  private void replace(MediaProfiles.MediaProfile changed) {
    if (changed.encoder().isPresent() && !changed.source()) {
      throw OnvifFault.of(
          Code.ACTION, "ConfigurationConflict", "an encoder needs a source in the profile");
    }
    media.profiles().replace(media.video(), changed);
  }

  /** Configurations are shown only as far as they are asked for by type. */
  private MediaProfile describe(MediaProfiles.MediaProfile profile, List<String> types) {
    MediaProfile made = new MediaProfile();
    made.token = profile.token();
    made.fixed = profile.fixed();
    made.Name = profile.name();
    made.Configurations = new ConfigurationSet();
    if (profile.source() && asked(types, "VideoSource")) {
      made.Configurations.VideoSource = media.sourceConfiguration();
    }
    if (profile.encoder().isPresent() && asked(types, "VideoEncoder")) {
      made.Configurations.VideoEncoder =
          Encoder2Text.configuration(media, media.encoder(profile.encoder().get()));
    }
    if (profile.analytics() && asked(types, "Analytics")) {
      made.Configurations.Analytics = media.analyticsConfiguration();
    }
    if (profile.metadata() && asked(types, "Metadata")) {
      made.Configurations.Metadata = media.metadataConfiguration();
    }
    return made;
  }

  private static boolean asked(List<String> types, String type) {
    return types.contains("All") || types.contains(type);
  }
}
