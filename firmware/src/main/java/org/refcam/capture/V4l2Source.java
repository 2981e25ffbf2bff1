// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoSource;
import org.refcam.v4l2.Buffer;
import org.refcam.v4l2.BufferQueue;
import org.refcam.v4l2.FormatDescription;
import org.refcam.v4l2.Fourcc;
import org.refcam.v4l2.FrameIntervals;
import org.refcam.v4l2.FrameSizes;
import org.refcam.v4l2.PictureFormat;
import org.refcam.v4l2.QueueType;
import org.refcam.v4l2.V4l2Device;
import org.refcam.v4l2.V4l2Exception;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A V4L2 camera, single- or multi-planar. Frames are leases over the driver's own buffers.
 *
 * <p>Confined to the capture thread; its frames may be closed on another one. Once it has ended it
 * ends at every call: open a new one after re-plugging ({@link Cameras#awaitUsable}).
 */
public final class V4l2Source implements VideoSource {
  private static final Logger log = LoggerFactory.getLogger(V4l2Source.class);

  /** One being filled, one being encoded, two against jitter. */
  private static final int BUFFERS = 4;

  private final V4l2Device device;
  private final BufferQueue queue;
  private final PictureFormat layout;
  private final VideoFormat format;
  private final String name;
  private long sequence = -1;
  private boolean ended;

  private V4l2Source(
      V4l2Device device, BufferQueue queue, PictureFormat layout, VideoFormat format) {
    this.device = device;
    this.queue = queue;
    this.layout = layout;
    this.format = format;
    this.name = device.toString();
  }

  /**
   * Opens a camera and starts it in the best format within a size, see {@link CaptureChoice}.
   *
   * @throws IOException if it is no camera, is in use, or has no format that we read
   */
  public static V4l2Source open(Path path, int maxWidth, int maxHeight, FrameRate wanted)
      throws IOException {
    V4l2Device device = V4l2Device.open(path);
    try {
      QueueType type =
          device
              .capability()
              .cameraQueue()
              .orElseThrow(() -> new IOException(device + " is no camera that can stream"));
      CaptureChoice choice =
          CaptureChoice.best(new DeviceMenu(device, type), maxWidth, maxHeight, wanted)
              .orElseThrow(() -> new IOException(device + " has no format that this camera reads"));
      return start(device, type, choice, wanted);
    } catch (IOException | RuntimeException e) {
      device.close();
      throw e;
    }
  }

  /** Opens a camera in one format, for boards that know better than the rule. */
  public static V4l2Source open(Path path, Fourcc fourcc, int width, int height, FrameRate wanted)
      throws IOException {
    V4l2Device device = V4l2Device.open(path);
    try {
      QueueType type = device.capability().cameraQueue().orElseThrow();
      PixelFormat pixels = CaptureChoice.pixelFormat(fourcc).orElseThrow();
      return start(
          device, type, new CaptureChoice(fourcc, pixels, width, height, Optional.empty()), wanted);
    } catch (IOException | RuntimeException e) {
      device.close();
      throw e;
    }
  }

  private static V4l2Source start(
      V4l2Device device, QueueType type, CaptureChoice choice, FrameRate wanted)
      throws IOException {
    PictureFormat layout =
        device.setFormat(
            type, PictureFormat.wanted(choice.fourcc(), choice.width(), choice.height()));
    PixelFormat pixels =
        CaptureChoice.pixelFormat(layout.fourcc())
            .orElseThrow(() -> new IOException(device + " gives " + layout.fourcc() + " alone"));
    FrameRate rate = device.setFrameRate(type, wanted).or(choice::fastest).orElse(wanted);
    VideoFormat format = new VideoFormat(pixels, layout.width(), layout.height(), rate);
    BufferQueue queue = BufferQueue.map(device, type, BUFFERS, true);
    try {
      queue.queueAll();
      queue.start();
    } catch (IOException | RuntimeException e) {
      queue.close();
      throw e;
    }
    log.info("{}: {} as {}", device, format, layout.fourcc());
    return new V4l2Source(device, queue, layout, format);
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<VideoFrame> next(Duration deadline) throws IOException, EndOfStreamException {
    if (ended) {
      throw new EndOfStreamException(EndOfStreamException.Reason.UNPLUGGED, name);
    }
    try {
      return queue.dequeue(deadline).map(this::lend);
    } catch (V4l2Exception e) {
      if (e.reason() == V4l2Exception.Reason.UNPLUGGED) {
        ended = true;
        throw new EndOfStreamException(EndOfStreamException.Reason.UNPLUGGED, name);
      }
      throw e;
    }
  }

  private VideoFrame lend(Buffer buffer) {
    // 32 bits of the driver's become 64: the difference is right across the wrap
    sequence = sequence < 0 ? buffer.sequence() : sequence + step(sequence, buffer.sequence());
    MediaTime time = buffer.monotonic() ? new MediaTime(buffer.timeNanos()) : MediaTime.now();
    return new V4l2Frame(buffer, format, layout, time, sequence);
  }

  /** How far the driver's 32-bit number went on; 0 at least, since drivers may restart. */
  static long step(long before, long now) {
    int difference = (int) now - (int) before;
    return Math.max(0, difference);
  }

  /** The device, for its controls. */
  public V4l2Device device() {
    return device;
  }

  @Override
  public void close() {
    queue.close();
    device.close();
  }

  /** Asks the device itself. */
  private record DeviceMenu(V4l2Device device, QueueType type) implements CaptureChoice.Menu {
    @Override
    public List<FormatDescription> formats() throws IOException {
      return device.formats(type);
    }

    @Override
    public List<FrameSizes> sizes(Fourcc format) throws IOException {
      return device.frameSizes(format);
    }

    @Override
    public List<FrameIntervals> intervals(Fourcc format, int width, int height) throws IOException {
      return device.frameIntervals(format, width, height);
    }
  }
}
