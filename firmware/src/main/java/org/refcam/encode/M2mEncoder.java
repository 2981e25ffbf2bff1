// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.Fourcc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A board's stateful V4L2 encoder. Confined to one thread.
 *
 * <p>Whether pictures go in by DMABUF, without a copy, or with one copy into the device's memory is
 * decided at the first picture: a source that exports its buffers is imported from if the device
 * takes its lines as they are. A device that has no control to force a key frame is drained
 * instead, after which every encoder begins with one.
 */
public final class M2mEncoder implements VideoEncoder {
  private static final Logger log = LoggerFactory.getLogger(M2mEncoder.class);

  /**
   * What comes out of a device. A board has H.264; the kernel's virtual encoder has FWHT alone, and
   * is otherwise driven the same way.
   */
  record Coding(Fourcc fourcc, Supplier<CodedUnits> units) {
    static final Coding H264 = new Coding(Fourcc.H264, H264Units::new);
  }

  private final Path path;
  private final PixelFormat raw;
  private final Coding coding;
  private final CodedUnits units;
  private EncoderSettings settings;
  private M2mCodec codec;
  private boolean importing;
  private boolean begun;

  private M2mEncoder(Path path, EncoderSettings settings, PixelFormat raw, Coding coding)
      throws IOException {
    this.path = path;
    this.settings = settings;
    this.raw = raw;
    this.coding = coding;
    this.units = coding.units.get();
    this.codec = start(false);
  }

  /**
   * Opens an H.264 encoder.
   *
   * @param raw what pictures come as: I420, NV12 or YUYV
   * @throws IOException if the device does not encode H.264 from these pictures
   */
  public static M2mEncoder open(Path device, EncoderSettings settings, PixelFormat raw)
      throws IOException {
    return open(device, settings, raw, Coding.H264);
  }

  static M2mEncoder open(Path device, EncoderSettings settings, PixelFormat raw, Coding coding)
      throws IOException {
    return new M2mEncoder(device, settings, raw, coding);
  }

  private M2mCodec start(boolean byDmaBuf) throws IOException {
    M2mCodec started =
        M2mCodec.open(
            path,
            new M2mCodec.Request(
                coding.fourcc,
                raw,
                settings.width(),
                settings.height(),
                settings.frameRate(),
                byDmaBuf));
    try {
      List<String> missing = EncoderControls.configure(started::set, settings);
      if (!missing.isEmpty()) {
        log.info("{} has no control for {}", path, String.join(", ", missing));
      }
      importing = byDmaBuf;
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  @Override
  public void encode(VideoFrame frame, boolean forceKeyFrame, Consumer<AccessUnit> sink)
      throws IOException {
    M2mCodec.Sink taker = taker(sink);
    if (!begun) {
      begun = true;
      if (frame.dmaBuf().isPresent()) {
        importIfPossible(frame);
      }
    } else if (forceKeyFrame && !EncoderControls.forceKeyFrame(codec::set)) {
      codec.drain(taker);
    }
    codec.encode(frame, taker);
  }

  /** Opens the device anew for DMABUF; back to copying if it does not take such pictures. */
  private void importIfPossible(VideoFrame frame) throws IOException {
    codec.close();
    try {
      codec = start(true);
      if (codec.takes(frame)) {
        return;
      }
      codec.close();
      log.info("{}: pictures are copied once, their lines are not the device's", path);
    } catch (IOException e) {
      log.info("{}: pictures are copied once: {}", path, e.getMessage());
    }
    codec = start(false);
  }

  /** Whether pictures go in without a copy. */
  boolean importing() {
    return importing;
  }

  M2mCodec codec() {
    return codec;
  }

  @Override
  public void drain(Consumer<AccessUnit> sink) throws IOException {
    codec.drain(taker(sink));
  }

  private M2mCodec.Sink taker(Consumer<AccessUnit> sink) {
    return (ByteBuffer data, MediaTime time, boolean keyFrame) -> {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      units.take(bytes, time, keyFrame).ifPresent(sink);
    };
  }

  @Override
  public void bitrate(int bitsPerSecond) throws IOException {
    settings = settings.withBitsPerSecond(bitsPerSecond);
    EncoderControls.bitrate(codec::set, bitsPerSecond);
  }

  @Override
  public void close() {
    codec.close();
  }
}
