// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.refcam.codec.AccessUnits;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.Fourcc;

/** H.264 by a board's stateful V4L2 encoder. Confined to one thread. */
public final class M2mEncoder implements VideoEncoder {
  private static final int CONSTANT_BIT_RATE = 1;
  private static final int HEADER_JOINED = 1;
  private static final int PROFILE_CONSTRAINED_BASELINE = 1;
  private static final int PROFILE_MAIN = 2;
  private static final int LEVEL_4_0 = 11;

  private final M2mCodec codec;
  private long sequence;

  private M2mEncoder(M2mCodec codec) {
    this.codec = codec;
  }

  /**
   * Opens an encoder.
   *
   * @param raw what pictures come as: I420, NV12 or YUYV
   * @param importing whether they come as DMABUF descriptors, so that nothing is copied
   * @throws IOException if the device does not encode H.264 from these pictures
   */
  public static M2mEncoder open(
      Path device, EncoderSettings settings, PixelFormat raw, boolean importing)
      throws IOException {
    M2mCodec codec =
        M2mCodec.open(
            device,
            new M2mCodec.Request(
                Fourcc.H264,
                raw,
                settings.width(),
                settings.height(),
                settings.frameRate(),
                importing));
    try {
      configure(codec, settings);
      return new M2mEncoder(codec);
    } catch (IOException | RuntimeException e) {
      codec.close();
      throw e;
    }
  }

  /**
   * Sets what the settings ask for, as far as the device has a control for it. Boards differ: some
   * have a GOP size, some an I period, and both mean pictures from one key frame to the next.
   */
  static void configure(M2mCodec codec, EncoderSettings settings) throws IOException {
    boolean main = settings.profile() == EncoderSettings.Profile.MAIN;
    codec.set(Control.VIDEO_H264_PROFILE, main ? PROFILE_MAIN : PROFILE_CONSTRAINED_BASELINE);
    codec.set(Control.VIDEO_H264_LEVEL, LEVEL_4_0);
    codec.set(Control.VIDEO_BITRATE_MODE, CONSTANT_BIT_RATE);
    codec.set(Control.VIDEO_BITRATE, settings.bitsPerSecond());
    codec.set(Control.VIDEO_GOP_SIZE, settings.gopFrames());
    codec.set(Control.VIDEO_H264_I_PERIOD, settings.gopFrames());
    codec.set(Control.VIDEO_HEADER_MODE, HEADER_JOINED);
    codec.set(Control.VIDEO_REPEAT_SEQUENCE_HEADER, 1);
  }

  @Override
  public void encode(VideoFrame frame, boolean forceKeyFrame, Consumer<AccessUnit> sink)
      throws IOException {
    if (forceKeyFrame) {
      codec.set(Control.VIDEO_FORCE_KEY_FRAME, 1);
    }
    codec.encode(frame, (data, time, keyFrame) -> sink.accept(accessUnit(data, time)));
  }

  @Override
  public void drain(Consumer<AccessUnit> sink) throws IOException {
    codec.drain((data, time, keyFrame) -> sink.accept(accessUnit(data, time)));
  }

  private AccessUnit accessUnit(ByteBuffer data, MediaTime time) {
    byte[] annexB = new byte[data.remaining()];
    data.get(annexB);
    return AccessUnits.of(annexB, time, sequence++);
  }

  @Override
  public void bitrate(int bitsPerSecond) throws IOException {
    codec.set(Control.VIDEO_BITRATE, bitsPerSecond);
  }

  @Override
  public void close() {
    codec.close();
  }
}
