// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.media.VideoFrame;

/** The small stream beside the main one: scaled down, at most 15 pictures a second. One thread. */
final class SubStream implements AutoCloseable {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int RATE = 15;

  private final I420Frame scaled;
  private final VideoEncoder encoder;
  private final Consumer<AccessUnit> sink;
  private final boolean everyPicture;
  private final long intervalNanos;
  private long due = Long.MIN_VALUE;

  SubStream(EncoderSettings main, EncoderSettings settings, Consumer<AccessUnit> sink)
      throws IOException {
    this.sink = sink;
    scaled = new I420Frame(settings.width(), settings.height(), settings.frameRate());
    encoder = new OpenH264Encoder(settings);
    everyPicture = settings.frameRate().equals(main.frameRate());
    intervalNanos = settings.frameRate().intervalNanos();
  }

  /**
   * 640x360 for a 16:9 main stream; of another shape, what fits in there; never larger than main.
   */
  static EncoderSettings settings(EncoderSettings main) {
    double factor =
        Math.min(1, Math.min((double) WIDTH / main.width(), (double) HEIGHT / main.height()));
    int width = Math.max(16, (int) Math.round(main.width() * factor) & ~1);
    int height = Math.max(16, (int) Math.round(main.height() * factor) & ~1);
    FrameRate rate = main.frameRate().perSecond() > RATE ? FrameRate.of(RATE) : main.frameRate();
    return EncoderSettings.of(width, height, rate);
  }

  /** Takes the picture if it is due; a quarter of an interval of early arrival is forgiven. */
  void offer(VideoFrame picture, AtomicBoolean keyFrame) throws IOException {
    long time = picture.time().nanos();
    if (!everyPicture && due != Long.MIN_VALUE && time < due - intervalNanos / 4) {
      return;
    }
    due =
        due == Long.MIN_VALUE || time - due > intervalNanos
            ? time + intervalNanos
            : due + intervalNanos;
    Pictures.scale(picture, scaled);
    encoder.encode(scaled, keyFrame.getAndSet(false), sink);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
