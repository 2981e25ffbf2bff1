// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.Buffer;
import org.refcam.v4l2.PictureFormat;

/** A lease over one buffer of a V4L2 camera; closing it queues the buffer again. */
final class V4l2Frame implements VideoFrame {
  private final Buffer buffer;
  private final VideoFormat format;
  private final PictureFormat layout;
  private final MediaTime time;
  private final long sequence;

  V4l2Frame(
      Buffer buffer, VideoFormat format, PictureFormat layout, MediaTime time, long sequence) {
    this.buffer = buffer;
    this.format = format;
    this.layout = layout;
    this.time = time;
    this.sequence = sequence;
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public MediaTime time() {
    return time;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public boolean corrupted() {
    return buffer.corrupted();
  }

  @Override
  public List<Plane> planes() {
    return planes(buffer.payload(), layout, format.pixelFormat());
  }

  /**
   * Cuts memory planes into colour planes.
   *
   * <pre>
   *   NV12   | Y  bytesPerLine * height | UV bytesPerLine * height/2 |
   *   YU12   | Y  bytesPerLine * height | U bytesPerLine/2 * height/2 | V the same |
   *   NM12, YM12: each colour plane in its own memory plane
   * </pre>
   *
   * @throws IllegalStateException if the memory is smaller than the picture, as a damaged one may
   *     be
   */
  static List<Plane> planes(List<ByteBuffer> memory, PictureFormat layout, PixelFormat pixels) {
    int line = layout.planes().get(0).bytesPerLine();
    int height = layout.height();
    List<Plane> planes = new ArrayList<>();
    if (pixels.compressed()) {
      planes.add(new Plane(memory.get(0), 0));
    } else if (pixels == PixelFormat.YUYV) {
      planes.add(new Plane(cut(memory.get(0), 0, line * height), line));
    } else if (memory.size() > 1) {
      for (int i = 0; i < memory.size(); i++) {
        int ownLine = layout.planes().get(i).bytesPerLine();
        int lines = i == 0 ? height : (height + 1) / 2;
        planes.add(new Plane(cut(memory.get(i), 0, ownLine * lines), ownLine));
      }
    } else {
      int luma = line * height;
      boolean twoChroma = pixels == PixelFormat.I420;
      int chromaLine = twoChroma ? line / 2 : line;
      int chroma = chromaLine * ((height + 1) / 2);
      planes.add(new Plane(cut(memory.get(0), 0, luma), line));
      planes.add(new Plane(cut(memory.get(0), luma, chroma), chromaLine));
      if (twoChroma) {
        planes.add(new Plane(cut(memory.get(0), luma + chroma, chroma), chromaLine));
      }
    }
    return planes;
  }

  private static ByteBuffer cut(ByteBuffer memory, int offset, int length) {
    if (offset + length > memory.limit()) {
      throw new IllegalStateException(
          "the driver filled " + memory.limit() + " of " + (offset + length) + " bytes");
    }
    return memory.slice(offset, length);
  }

  @Override
  public OptionalInt dmaBuf() {
    return buffer.dmaBuf();
  }

  @Override
  public void close() {
    buffer.requeue();
  }
}
