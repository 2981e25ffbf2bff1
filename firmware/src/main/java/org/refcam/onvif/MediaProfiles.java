// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.refcam.onvif.OnvifFault.Code;

/**
 * The media profiles, which both media services show: one fixed profile a stream, and some that
 * clients make; those live until the camera stops. Guarded by its monitor.
 */
public final class MediaProfiles {
  public static final String SOURCE = "source";
  public static final String SOURCE_CONFIGURATION = "source-configuration";

  /** Profiles that clients can make. */
  private static final int MOST_MADE = 8;

  private static final int LONGEST = 64;

  /**
   * One profile.
   *
   * @param source whether the video source configuration is in it
   * @param encoder name of the stream whose encoder is in it, if any
   * @param metadata whether the metadata configuration is in it
   * @param analytics whether the analytics configuration is in it
   */
  public record MediaProfile(
      String token,
      String name,
      boolean fixed,
      boolean source,
      Optional<String> encoder,
      boolean metadata,
      boolean analytics) {
    public MediaProfile withName(String changed) {
      return new MediaProfile(token, changed, fixed, source, encoder, metadata, analytics);
    }

    public MediaProfile withSource(boolean changed) {
      return new MediaProfile(token, name, fixed, changed, encoder, metadata, analytics);
    }

    public MediaProfile withEncoder(Optional<String> changed) {
      return new MediaProfile(token, name, fixed, source, changed, metadata, analytics);
    }

    public MediaProfile withMetadata(boolean changed) {
      return new MediaProfile(token, name, fixed, source, encoder, changed, analytics);
    }

    public MediaProfile withAnalytics(boolean changed) {
      return new MediaProfile(token, name, fixed, source, encoder, metadata, changed);
    }
  }

  private final List<MediaProfile> made = new ArrayList<>();
  private final Consumer<String> changed;
  private int counter;

  /**
   * @param changed is told the token of each profile that was made, changed or deleted
   */
  MediaProfiles(Consumer<String> changed) {
    this.changed = changed;
  }

  /** All, the fixed ones first. */
  public synchronized List<MediaProfile> list(VideoControl video) {
    List<MediaProfile> all = new ArrayList<>();
    video
        .streams()
        .forEach(
            s ->
                all.add(
                    new MediaProfile(
                        s.name(), s.name(), true, true, Optional.of(s.name()), false, false)));
    all.addAll(made);
    return all;
  }

  public static int most() {
    return MOST_MADE + 2;
  }

  /**
   * @throws OnvifFault InvalidArgVal/NoProfile
   */
  public MediaProfile require(VideoControl video, String token) {
    return list(video).stream()
        .filter(profile -> profile.token().equals(token))
        .findFirst()
        .orElseThrow(() -> OnvifFault.invalid("NoProfile", "there is no such profile"));
  }

  /**
   * @throws OnvifFault Action/MaxNVTProfiles, InvalidArgVal/ProfileExists
   */
  public MediaProfile create(VideoControl video, String name, Optional<String> wantedToken) {
    MediaProfile profile = make(video, name, wantedToken);
    changed.accept(profile.token());
    return profile;
  }

  private synchronized MediaProfile make(
      VideoControl video, String name, Optional<String> wantedToken) {
    if (made.size() >= MOST_MADE) {
      throw OnvifFault.of(Code.ACTION, "MaxNVTProfiles", "there is no room for one more profile");
    }
    String token = wantedToken.orElseGet(() -> "made-" + ++counter);
    boolean bad = token.isBlank() || token.length() > LONGEST || name.length() > LONGEST;
    if (bad) {
      throw OnvifFault.invalid("InvalidToken", "a name has 1 to 64 letters");
    }
    if (list(video).stream().anyMatch(profile -> profile.token().equals(token))) {
      throw OnvifFault.invalid("ProfileExists", "there is such a profile already");
    }
    MediaProfile profile =
        new MediaProfile(token, name, false, false, Optional.empty(), false, false);
    made.add(profile);
    return profile;
  }

  /**
   * Puts a profile that clients made in the place of the one with its token.
   *
   * @throws OnvifFault OperationProhibited/DeletionOfFixedProfile for a fixed one
   */
  public void replace(VideoControl video, MediaProfile wanted) {
    synchronized (this) {
      requireMade(video, wanted.token());
      made.replaceAll(profile -> profile.token().equals(wanted.token()) ? wanted : profile);
    }
    changed.accept(wanted.token());
  }

  /**
   * @throws OnvifFault OperationProhibited/DeletionOfFixedProfile for a fixed one
   */
  public void delete(VideoControl video, String token) {
    synchronized (this) {
      requireMade(video, token);
      made.removeIf(profile -> profile.token().equals(token));
    }
    changed.accept(token);
  }

  /** Profiles that an encoder is in. */
  public int useCount(VideoControl video, String encoder) {
    return (int)
        list(video).stream()
            .filter(profile -> profile.encoder().equals(Optional.of(encoder)))
            .count();
  }

  /** Profiles that the video source configuration is in. */
  public int sourceUseCount(VideoControl video) {
    return (int) list(video).stream().filter(MediaProfile::source).count();
  }

  /** Profiles that the analytics configuration is in. */
  public int analyticsUseCount(VideoControl video) {
    return (int) list(video).stream().filter(MediaProfile::analytics).count();
  }

  /** Profiles that the metadata configuration is in. */
  public int metadataUseCount(VideoControl video) {
    return (int) list(video).stream().filter(MediaProfile::metadata).count();
  }

  private void requireMade(VideoControl video, String token) {
    if (require(video, token).fixed()) {
      throw OnvifFault.of(
          Code.OPERATION_PROHIBITED, "DeletionOfFixedProfile", "this profile is fixed");
    }
  }
}
