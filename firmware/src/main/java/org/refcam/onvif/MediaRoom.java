// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.refcam.encode.EncoderLimits;
import org.refcam.encode.EncoderSettings;
import org.refcam.media.FrameRate;
import org.refcam.media.VideoFormat;
import org.refcam.onvif.MediaProfiles.MediaProfile;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.VideoControl.EncodedStream;
import org.refcam.onvif.events.EventHub;
import org.refcam.onvif.events.Topic;
import org.refcam.onvif.schema.Encoders.VideoResolution;
import org.refcam.onvif.schema.MediaTypes.IntRange;
import org.refcam.onvif.schema.MediaTypes.IntRectangle;
import org.refcam.onvif.schema.MediaTypes.IntRectangleRange;
import org.refcam.onvif.schema.MediaTypes.MetadataConfiguration;
import org.refcam.onvif.schema.MediaTypes.VideoAnalyticsConfiguration;
import org.refcam.onvif.schema.MediaTypes.VideoSource;
import org.refcam.onvif.schema.MediaTypes.VideoSourceConfiguration;
import org.refcam.onvif.schema.MediaTypes.VideoSourceConfigurationOptions;

/** What the two media services have in common. Safe from any thread. */
public final class MediaRoom {
  private final VideoControl video;
  private final DeviceControl device;
  private final EventHub events;
  private final MediaProfiles profiles;
  private final MetadataText metadata;

  MediaRoom(VideoControl video, DeviceControl device, EventHub events) {
    this.video = video;
    this.device = device;
    this.events = events;
    profiles = new MediaProfiles(token -> events.tell(Topic.PROFILE_CHANGED, token));
    metadata = new MetadataText(events);
  }

  public VideoControl video() {
    return video;
  }

  public MediaProfiles profiles() {
    return profiles;
  }

  public List<MediaProfile> list() {
    return profiles.list(video);
  }

  /**
   * @throws OnvifFault InvalidArgs, InvalidArgVal/NoProfile
   */
  public MediaProfile profile(String token) {
    return profiles.require(video, Values.required(token, "ProfileToken"));
  }

  /**
   * @throws OnvifFault InvalidArgVal/NoConfig
   */
  public EncodedStream encoder(String token) {
    return video.streams().stream()
        .filter(stream -> stream.name().equals(token))
        .findFirst()
        .orElseThrow(MediaRoom::noConfig);
  }

  /** The encoder of a profile. */
  public EncodedStream encoder(MediaProfile profile) {
    return encoder(
        profile
            .encoder()
            .orElseThrow(
                () -> OnvifFault.of(Code.ACTION, "IncompleteConfiguration", "no encoder in it")));
  }

  public static OnvifFault noConfig() {
    return OnvifFault.invalid("NoConfig", "there is no such configuration");
  }

  /**
   * @throws OnvifFault InvalidArgVal/NoConfig unless it is the one there is
   */
  public static void requireSourceConfiguration(String token) {
    if (!MediaProfiles.SOURCE_CONFIGURATION.equals(token)) {
      throw noConfig();
    }
  }

  /** The one video source. */
  public VideoSource source() {
    VideoFormat format = format();
    VideoSource source = new VideoSource();
    source.token = MediaProfiles.SOURCE;
    source.Framerate = (float) format.frameRate().perSecond();
    source.Resolution = new VideoResolution();
    source.Resolution.Width = format.width();
    source.Resolution.Height = format.height();
    return source;
  }

  public VideoSourceConfiguration sourceConfiguration() {
    VideoFormat format = format();
    VideoSourceConfiguration made = new VideoSourceConfiguration();
    made.token = MediaProfiles.SOURCE_CONFIGURATION;
    made.Name = MediaProfiles.SOURCE_CONFIGURATION;
    made.UseCount = profiles.sourceUseCount(video);
    made.SourceToken = MediaProfiles.SOURCE;
    made.Bounds = new IntRectangle();
    made.Bounds.x = 0;
    made.Bounds.y = 0;
    made.Bounds.width = format.width();
    made.Bounds.height = format.height();
    return made;
  }

  public VideoSourceConfigurationOptions sourceOptions() {
    VideoFormat format = format();
    VideoSourceConfigurationOptions made = new VideoSourceConfigurationOptions();
    made.BoundsRange = new IntRectangleRange();
    made.BoundsRange.XRange = range(0, 0);
    made.BoundsRange.YRange = range(0, 0);
    made.BoundsRange.WidthRange = range(format.width(), format.width());
    made.BoundsRange.HeightRange = range(format.height(), format.height());
    made.VideoSourceTokensAvailable.add(MediaProfiles.SOURCE);
    made.MaximumNumberOfProfiles = MediaProfiles.most();
    return made;
  }

  /**
   * The picture is always the whole picture; asking for what is so succeeds.
   *
   * @throws OnvifFault InvalidArgVal/ConfigModify for anything else
   */
  public void setSourceConfiguration(VideoSourceConfiguration wanted) {
    requireSourceConfiguration(Values.required(wanted, "Configuration").token);
    IntRectangle bounds = wanted.Bounds;
    IntRectangle mine = sourceConfiguration().Bounds;
    boolean same =
        MediaProfiles.SOURCE.equals(wanted.SourceToken)
            && (bounds == null
                || mine.width.equals(bounds.width)
                    && mine.height.equals(bounds.height)
                    && mine.x.equals(bounds.x)
                    && mine.y.equals(bounds.y));
    if (!same) {
      throw OnvifFault.invalid("ConfigModify", "the source always gives its whole picture");
    }
  }

  /** Numbers of an encoder as both services carry them; what the request lacks stays. */
  public record EncoderWish(
      String encoding,
      Optional<Integer> width,
      Optional<Integer> height,
      Optional<Float> framesPerSecond,
      Optional<Integer> kilobitsPerSecond,
      Optional<Integer> govLength,
      Optional<String> profile) {}

  /**
   * Sets an encoder anew.
   *
   * @throws OnvifFault InvalidArgVal/ConfigModify if the encoder cannot be set so
   */
  public void configure(String token, EncoderWish wish) {
    EncodedStream stream = encoder(token);
    if (!"H264".equals(wish.encoding())) {
      throw OnvifFault.invalid("ConfigModify", "this encoder makes H264 only");
    }
    try {
      EncoderSettings wanted = settings(stream, wish);
      Values.store(() -> video.configure(stream.name(), wanted));
      events.tell(Topic.CONFIGURATION_CHANGED, stream.name(), "VideoEncoder");
    } catch (IllegalArgumentException e) {
      OnvifFault fault = OnvifFault.invalid("ConfigModify", "outside the encoder's options");
      fault.initCause(e);
      throw fault;
    }
  }

  private static EncoderSettings settings(EncodedStream stream, EncoderWish wish) {
    EncoderSettings now = stream.settings();
    float rate = wish.framesPerSecond().orElse((float) now.frameRate().perSecond());
    if (!(rate >= 1 && rate <= 1000)) {
      throw new IllegalArgumentException("frame rate " + rate);
    }
    boolean sameRate = Math.abs(rate - now.frameRate().perSecond()) < 0.01;
    int kilobits = wish.kilobitsPerSecond().orElse(now.bitsPerSecond() / 1000);
    if (kilobits < 1 || kilobits > 1_000_000) {
      throw new IllegalArgumentException(kilobits + " kbit/s");
    }
    return new EncoderSettings(
        wish.width().orElse(now.width()),
        wish.height().orElse(now.height()),
        sameRate ? now.frameRate() : new FrameRate(Math.round(rate * 100), 100),
        kilobits * 1000,
        wish.govLength().orElse(now.gopFrames()),
        wish.profile().map(MediaRoom::profileOf).orElse(now.profile()));
  }

  private static EncoderSettings.Profile profileOf(String word) {
    return switch (word) {
      case "Baseline" -> EncoderSettings.Profile.CONSTRAINED_BASELINE;
      case "Main" -> EncoderSettings.Profile.MAIN;
      default -> throw new IllegalArgumentException("profile");
    };
  }

  /** ONVIF's word for a profile. */
  public static String word(EncoderSettings.Profile profile) {
    return profile == EncoderSettings.Profile.MAIN ? "Main" : "Baseline";
  }

  /** Frame rates to offer: the highest, and round ones below. */
  public static List<Float> rates(EncoderLimits limits) {
    List<Float> rates = new ArrayList<>();
    rates.add((float) limits.framesPerSecond());
    for (float rate : new float[] {30, 25, 20, 15, 12, 10, 5, 2, 1}) {
      if (rate < limits.framesPerSecond() - 0.01) {
        rates.add(rate);
      }
    }
    return rates;
  }

  public static IntRange range(int min, int max) {
    IntRange range = new IntRange();
    range.Min = min;
    range.Max = max;
    return range;
  }

  /** Where a stream is watched; {@code path} is empty or the suffix of a transport. */
  public String rtsps(EncodedStream stream, String path) {
    return "rtsps://%s:%d/%s%s"
        .formatted(Call.current().host(), device.facts().rtspsPort(), stream.name(), path);
  }

  /** Where a picture of a stream is taken, with HTTP Digest. */
  public String snapshot(EncodedStream stream) {
    Call call = Call.current();
    return "https://%s:%d/api/v1/snapshot/%s".formatted(call.host(), call.port(), stream.name());
  }

  private VideoFormat format() {
    Supplier<OnvifFault> none =
        () -> OnvifFault.of(Code.ACTION, "NoVideoSource", "there is no picture now");
    return video.source().orElseThrow(none);
  }

  /** Makes the next picture of a profile's stream an IDR, and tells its metadata anew. */
  public void synchronise(MediaProfile profile) {
    profile.encoder().ifPresent(video::requestKeyFrame);
    if (profile.metadata()) {
      metadata.synchronise();
    }
  }

  public VideoAnalyticsConfiguration analyticsConfiguration() {
    return AnalyticsText.configuration(profiles.analyticsUseCount(video));
  }

  public MetadataConfiguration metadataConfiguration() {
    return metadata.configuration(profiles.metadataUseCount(video));
  }

  public void setMetadataConfiguration(MetadataConfiguration wanted) {
    metadata.set(wanted);
  }

  /**
   * Where a profile is watched. Metadata are sent on the connection, beside the pictures.
   *
   * @param udp whether packets are to come as datagrams
   * @throws OnvifFault Action/IncompleteConfiguration without an encoder,
   *     InvalidArgVal/InvalidStreamSetup for metadata as datagrams
   */
  public String streamUri(MediaProfile profile, boolean udp) {
    EncodedStream stream = encoder(profile);
    if (udp && profile.metadata()) {
      throw OnvifFault.invalid("InvalidStreamSetup", "metadata travel on the RTSP connection");
    }
    return rtsps(stream, udp ? "/srtp" : profile.metadata() ? "/metadata" : "");
  }
}
