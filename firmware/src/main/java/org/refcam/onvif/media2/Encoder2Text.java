// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.media2;

import java.util.List;
import java.util.Optional;
import org.refcam.encode.EncoderLimits;
import org.refcam.encode.EncoderSettings;
import org.refcam.onvif.MediaRoom;
import org.refcam.onvif.MediaRoom.EncoderWish;
import org.refcam.onvif.VideoControl.EncodedStream;
import org.refcam.onvif.schema.Encoders.VideoEncoder2Configuration;
import org.refcam.onvif.schema.Encoders.VideoEncoder2ConfigurationOptions;
import org.refcam.onvif.schema.Encoders.VideoRateControl2;
import org.refcam.onvif.schema.Encoders.VideoResolution2;
import org.refcam.onvif.schema.MediaTypes.FloatRange;

/** An encoder in the words of the media service's second version. Stateless. */
final class Encoder2Text {
  private static final float QUALITY = 1;

  private Encoder2Text() {}

  static VideoEncoder2Configuration configuration(MediaRoom media, EncodedStream stream) {
    EncoderSettings settings = stream.settings();
    VideoEncoder2Configuration made = new VideoEncoder2Configuration();
    made.token = stream.name();
    made.Name = stream.name();
    made.UseCount = media.profiles().useCount(media.video(), stream.name());
    made.Encoding = "H264";
    made.Resolution = resolution(settings.width(), settings.height());
    made.RateControl = new VideoRateControl2();
    made.RateControl.FrameRateLimit = (float) settings.frameRate().perSecond();
    made.RateControl.BitrateLimit = settings.bitsPerSecond() / 1000;
    made.RateControl.ConstantBitRate = false;
    made.Quality = QUALITY;
    made.GovLength = settings.gopFrames();
    made.Profile = MediaRoom.word(settings.profile());
    return made;
  }

  static VideoEncoder2ConfigurationOptions options(EncodedStream stream) {
    EncoderLimits limits = stream.limits();
    VideoEncoder2ConfigurationOptions made = new VideoEncoder2ConfigurationOptions();
    made.Encoding = "H264";
    made.QualityRange = new FloatRange();
    made.QualityRange.Min = QUALITY;
    made.QualityRange.Max = QUALITY;
    limits
        .sizes()
        .forEach(size -> made.ResolutionsAvailable.add(resolution(size.width(), size.height())));
    made.BitrateRange =
        MediaRoom.range(limits.leastBitsPerSecond() / 1000, limits.mostBitsPerSecond() / 1000);
    made.GovLengthRange = List.of(1, limits.mostGopFrames());
    made.FrameRatesSupported = MediaRoom.rates(limits);
    made.ProfilesSupported = List.of("Baseline", "Main");
    made.ConstantBitRateSupported = false;
    return made;
  }

  static void set(MediaRoom media, VideoEncoder2Configuration wanted) {
    VideoResolution2 size = wanted.Resolution;
    VideoRateControl2 rate = wanted.RateControl;
    media.configure(
        wanted.token,
        new EncoderWish(
            wanted.Encoding,
            Optional.ofNullable(size == null ? null : size.Width),
            Optional.ofNullable(size == null ? null : size.Height),
            Optional.ofNullable(rate == null ? null : rate.FrameRateLimit),
            Optional.ofNullable(rate == null ? null : rate.BitrateLimit),
            Optional.ofNullable(wanted.GovLength),
            Optional.ofNullable(wanted.Profile)));
  }

  private static VideoResolution2 resolution(int width, int height) {
    VideoResolution2 made = new VideoResolution2();
    made.Width = width;
    made.Height = height;
    return made;
  }
}
