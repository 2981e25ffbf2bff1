// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.Buffer;
import org.refcam.v4l2.BufferQueue;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.Fourcc;
import org.refcam.v4l2.PictureFormat;
import org.refcam.v4l2.QueueType;
import org.refcam.v4l2.V4l2Device;
import org.refcam.v4l2.V4l2Exception;

/**
 * A stateful memory-to-memory encoder of any coded format (kernel documentation, "Memory-to-Memory
 * Stateful Video Encoder Interface").
 *
 * <pre>
 *   picture --&gt; OUTPUT queue --&gt; [device] --&gt; CAPTURE queue --&gt; coded picture
 * </pre>
 *
 * <p>Pictures go in by DMABUF without a copy, or with one copy into the device's memory. The device
 * copies each picture's time to its coded picture. Confined to one thread.
 */
public final class M2mCodec implements AutoCloseable {
  private static final int OUTPUT_BUFFERS = 3;
  private static final int CAPTURE_BUFFERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SLICE = Duration.ofMillis(20);

  /**
   * What to open.
   *
   * @param coded what comes out
   * @param raw what goes in
   * @param width visible, in pixels
   * @param height visible, in pixels
   * @param importing whether pictures come as DMABUF descriptors rather than being copied
   */
  public record Request(
      Fourcc coded,
      PixelFormat raw,
      int width,
      int height,
      FrameRate frameRate,
      boolean importing) {}

  /** Takes coded pictures in order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param data the coded picture, valid during the call
     */
    void accept(ByteBuffer data, MediaTime time, boolean keyFrame);
  }

  private final V4l2Device device;
  private final Request request;
  private final PictureFormat layout;
  private final BufferQueue output;
  private final BufferQueue capture;
  private final Deque<Integer> free = new ArrayDeque<>();
  private boolean closed;

  private M2mCodec(
      V4l2Device device,
      Request request,
      PictureFormat layout,
      BufferQueue output,
      BufferQueue capture) {
    this.device = device;
    this.request = request;
    this.layout = layout;
    this.output = output;
    this.capture = capture;
    fillFree();
  }

  /**
   * Opens an encoder and starts both its queues.
   *
   * @throws IOException if the device does not encode to this format or take these pictures
   */
  public static M2mCodec open(Path path, Request request) throws IOException {
    V4l2Device device = V4l2Device.open(path);
    try {
      return open(device, request);
    } catch (IOException | RuntimeException e) {
      device.close();
      throw e;
    }
  }

  private static M2mCodec open(V4l2Device device, Request request) throws IOException {
    if (!device.capability().memoryToMemory()) {
      throw new IOException(device + " is no memory-to-memory device");
    }
    boolean multi = device.capability().memoryToMemoryMultiPlanar();
    QueueType in = multi ? QueueType.OUTPUT_MPLANE : QueueType.OUTPUT;
    QueueType out = multi ? QueueType.CAPTURE_MPLANE : QueueType.CAPTURE;
    int width = request.width;
    int height = request.height;
    // a coded picture is never larger than the raw one that it came from
    PictureFormat coded =
        device.setFormat(
            out, PictureFormat.coded(request.coded, width, height, width * height * 3 / 2));
    Fourcc rawCode = rawCode(request.raw);
    PictureFormat raw = device.setFormat(in, PictureFormat.wanted(rawCode, width, height));
    if (!coded.fourcc().equals(request.coded)
        || !raw.fourcc().equals(rawCode)
        || raw.width() < width
        || raw.height() < height) {
      throw new IOException(device + " offers " + raw + " to " + coded + ", wanted " + request);
    }
    if (request.importing && (raw.height() != height || raw.planes().size() != 1)) {
      throw new IOException(device + " pads pictures to " + raw + ", so they must be copied");
    }
    if (raw.width() != width || raw.height() != height) {
      device.setCrop(in, width, height);
    }
    device.setFrameRate(in, request.frameRate);
    BufferQueue output =
        request.importing
            ? BufferQueue.importing(device, in, OUTPUT_BUFFERS)
            : BufferQueue.map(device, in, OUTPUT_BUFFERS, false);
    try {
      BufferQueue capture = BufferQueue.map(device, out, CAPTURE_BUFFERS, false);
      try {
        capture.queueAll();
        output.start();
        capture.start();
        return new M2mCodec(device, request, raw, output, capture);
      } catch (IOException | RuntimeException e) {
        capture.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      output.close();
      throw e;
    }
  }

  /** The device, for its controls. */
  public V4l2Device device() {
    return device;
  }

  /** Whether a picture could be imported as it lies in memory. */
  boolean takes(VideoFrame frame) {
    return frame.dmaBuf().isPresent()
        && frame.planes().get(0).bytesPerLine() == layout.planes().get(0).bytesPerLine();
  }

  /**
   * Encodes one picture; hands out what is ready. With DMABUF it returns when the device has read
   * the picture, because the memory is only lent.
   *
   * @throws IOException if the device failed or stopped answering
   */
  public void encode(VideoFrame frame, Sink sink) throws IOException {
    long nanos = frame.time().nanos();
    if (request.importing) {
      OptionalInt dmaBuf = frame.dmaBuf();
      if (frame.planes().get(0).bytesPerLine() != layout.planes().get(0).bytesPerLine()) {
        throw new IllegalArgumentException("the picture's lines are not the device's");
      }
      int index = takeFree(sink);
      output.queueImported(
          index,
          layout.planes().get(0).sizeImage(),
          dmaBuf.orElseThrow(() -> new IllegalArgumentException("the picture has no DMABUF")),
          nanos);
      awaitAllRead(sink);
    } else {
      int index = takeFree(sink);
      List<ByteBuffer> memory = output.memory(index);
      PictureCopy.copy(frame, memory.get(0), layout);
      output.queue(index, new int[] {layout.planes().get(0).sizeImage()}, nanos);
    }
    handOut(sink);
  }

  /**
   * Has the device finish what it was given, hands everything out and makes it ready to go on.
   *
   * @throws IOException if the device failed or did not finish in time
   */
  public void drain(Sink sink) throws IOException {
    device.stopEncoder();
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean last = false;
    while (!last) {
      Optional<Buffer> buffer;
      try {
        buffer = capture.dequeue(SLICE);
      } catch (V4l2Exception e) {
        if (e.reason() == V4l2Exception.Reason.DRAINED) {
          break;
        }
        throw e;
      }
      reclaim();
      if (buffer.isPresent()) {
        last = buffer.get().last();
        handOut(buffer.get(), sink);
      } else if (System.nanoTime() - end >= 0) {
        throw new IOException(device + " did not finish its drain");
      }
    }
    reclaim();
    // The other way, V4L2_ENC_CMD_START, leaves vicodec of Linux 6.1 at the end of its stream: it
    // asks whether the encoder has stopped after clearing that very state. Nothing is inside, so
    // nothing is lost.
    capture.stop();
    capture.queueAll();
    capture.start();
  }

  /** Stops both queues, which drops what is inside, and starts them again. */
  public void restart() throws IOException {
    output.stop();
    capture.stop();
    fillFree();
    capture.queueAll();
    output.start();
    capture.start();
  }

  /**
   * Sets a control to the nearest value that the device allows.
   *
   * @return whether the device has it and, of a menu, this very item
   */
  public boolean set(int controlId, long value) throws IOException {
    Optional<Control> control = device.control(controlId);
    if (control.isEmpty() || !control.get().writable()) {
      return false;
    }
    boolean menu = control.get().type() == Control.Type.MENU;
    if (menu && !control.get().menu().containsKey((int) value)) {
      return false;
    }
    device.write(control.get(), control.get().nearest(value));
    return true;
  }

  private void fillFree() {
    free.clear();
    for (int i = 0; i < output.count(); i++) {
      free.add(i);
    }
  }

  private int takeFree(Sink sink) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    reclaim();
    while (free.isEmpty()) {
      awaitProgress(sink, end);
    }
    return free.remove();
  }

  private void awaitAllRead(Sink sink) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (free.size() < output.count()) {
      awaitProgress(sink, end);
    }
  }

  private void awaitProgress(Sink sink, long end) throws IOException {
    capture.dequeue(SLICE).ifPresent(buffer -> handOut(buffer, sink));
    reclaim();
    if (System.nanoTime() - end >= 0) {
      throw new IOException(device + " stopped encoding");
    }
  }

  private void reclaim() throws IOException {
    Optional<Buffer> done = output.poll();
    while (done.isPresent()) {
      done.get().release();
      free.add(done.get().index());
      done = output.poll();
    }
  }

  private void handOut(Sink sink) throws IOException {
    Optional<Buffer> ready = capture.poll();
    while (ready.isPresent()) {
      handOut(ready.get(), sink);
      ready = capture.poll();
    }
  }

  private static void handOut(Buffer buffer, Sink sink) {
    try {
      if (buffer.bytesUsed() > 0 && !buffer.corrupted()) {
        sink.accept(buffer.payload().get(0), new MediaTime(buffer.timeNanos()), buffer.keyFrame());
      }
    } finally {
      buffer.requeue();
    }
  }

  /** The one-memory-plane code of a raw format. */
  static Fourcc rawCode(PixelFormat raw) {
    return switch (raw) {
      case I420 -> Fourcc.YUV420;
      case NV12 -> Fourcc.NV12;
      case YUYV -> Fourcc.YUYV;
      case MJPEG, H264 -> throw new IllegalArgumentException(raw + " is no raw format");
    };
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    output.close();
    capture.close();
    device.close();
  }
}
