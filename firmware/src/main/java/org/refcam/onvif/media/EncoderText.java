// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media;

import java.util.Optional;
import org.refcam.encode.EncoderLimits;
import org.refcam.encode.EncoderSettings;
import org.refcam.onvif.MediaRoom;
import org.refcam.onvif.MediaRoom.EncoderWish;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.VideoControl.EncodedStream;
import org.refcam.onvif.schema.Encoders.H264Configuration;
import org.refcam.onvif.schema.Encoders.H264Options;
import org.refcam.onvif.schema.Encoders.VideoEncoderConfiguration;
import org.refcam.onvif.schema.Encoders.VideoEncoderConfigurationOptions;
import org.refcam.onvif.schema.Encoders.VideoRateControl;
import org.refcam.onvif.schema.Encoders.VideoResolution;
import org.refcam.onvif.schema.Network.IPAddress;
import org.refcam.onvif.schema.Network.MulticastConfiguration;

/** An encoder in the words of the media service's first version. Stateless. */
final class EncoderText {
  private static final float QUALITY = 1;

  private EncoderText() {}

  static VideoEncoderConfiguration configuration(MediaRoom media, EncodedStream stream) {
    EncoderSettings settings = stream.settings();
    VideoEncoderConfiguration made = new VideoEncoderConfiguration();
    made.token = stream.name();
    made.Name = stream.name();
    made.UseCount = media.profiles().useCount(media.video(), stream.name());
    made.Encoding = "H264";
    made.Resolution = resolution(settings.width(), settings.height());
    made.Quality = QUALITY;
    made.RateControl = new VideoRateControl();
    made.RateControl.FrameRateLimit = (int) Math.round(settings.frameRate().perSecond());
    made.RateControl.EncodingInterval = 1;
    made.RateControl.BitrateLimit = settings.bitsPerSecond() / 1000;
    made.H264 = new H264Configuration();
    made.H264.GovLength = settings.gopFrames();
    made.H264.H264Profile = MediaRoom.word(settings.profile());
    made.Multicast = noMulticast();
    made.SessionTimeout = "PT60S";
    return made;
  }

  /** The schema wants one; nothing is sent to a group. */
  private static MulticastConfiguration noMulticast() {
    MulticastConfiguration made = new MulticastConfiguration();
    made.Address = new IPAddress();
    made.Address.Type = "IPv4";
    made.Address.IPv4Address = "0.0.0.0";
    made.Port = 0;
    made.TTL = 0;
    made.AutoStart = false;
    return made;
  }

  static VideoEncoderConfigurationOptions options(EncodedStream stream) {
    EncoderLimits limits = stream.limits();
    VideoEncoderConfigurationOptions made = new VideoEncoderConfigurationOptions();
    made.QualityRange = MediaRoom.range(1, 1);
    made.H264 = new H264Options();
    limits
        .sizes()
        .forEach(
            size -> made.H264.ResolutionsAvailable.add(resolution(size.width(), size.height())));
    made.H264.GovLengthRange = MediaRoom.range(1, limits.mostGopFrames());
    made.H264.FrameRateRange = MediaRoom.range(1, (int) Math.floor(limits.framesPerSecond()));
    made.H264.EncodingIntervalRange = MediaRoom.range(1, 1);
    made.H264.H264ProfilesSupported.add("Baseline");
    made.H264.H264ProfilesSupported.add("Main");
    return made;
  }

  /**
   * @throws OnvifFault InvalidArgVal/ConfigModify outside the options
   */
  static void set(MediaRoom media, VideoEncoderConfiguration wanted) {
    VideoResolution size = wanted.Resolution;
    VideoRateControl rate = wanted.RateControl;
    H264Configuration h264 = wanted.H264;
    boolean possible = rate == null || rate.EncodingInterval == null || rate.EncodingInterval == 1;
    if (!possible) {
      throw OnvifFault.invalid("ConfigModify", "outside the encoder's options");
    }
    media.configure(
        wanted.token,
        new EncoderWish(
            wanted.Encoding,
            Optional.ofNullable(size == null ? null : size.Width),
            Optional.ofNullable(size == null ? null : size.Height),
            Optional.ofNullable(rate == null ? null : rate.FrameRateLimit).map(Integer::floatValue),
            Optional.ofNullable(rate == null ? null : rate.BitrateLimit),
            Optional.ofNullable(h264 == null ? null : h264.GovLength),
            Optional.ofNullable(h264 == null ? null : h264.H264Profile)));
  }

  private static VideoResolution resolution(int width, int height) {
    VideoResolution made = new VideoResolution();
    made.Width = width;
    made.Height = height;
    return made;
  }
}
