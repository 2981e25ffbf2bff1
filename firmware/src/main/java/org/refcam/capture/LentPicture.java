// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.nio.ByteBuffer;
import java.util.List;
import org.refcam.media.MediaTime;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;

/** A source's own I420 buffer, lent to one reader at a time. Confined to the capture thread. */
final class LentPicture implements VideoFrame {
  private final VideoFormat format;
  private final ByteBuffer memory;
  private final List<Plane> planes;
  private boolean lent;
  private long sequence;
  private MediaTime time = new MediaTime(0);

  LentPicture(VideoFormat format) {
    this.format = format;
    int half = (format.width() + 1) / 2;
    int luma = format.width() * format.height();
    int chroma = half * ((format.height() + 1) / 2);
    memory = ByteBuffer.allocateDirect(luma + 2 * chroma);
    planes =
        List.of(
            new Plane(memory.slice(0, luma), format.width()),
            new Plane(memory.slice(luma, chroma), half),
            new Plane(memory.slice(luma + chroma, chroma), half));
  }

  /** All of the picture, to be filled: Y, U and V without padding; position 0. */
  ByteBuffer memory() {
    requireReturned();
    return memory.clear();
  }

  /** Lends the picture, taken now. */
  LentPicture lend(long number) {
    requireReturned();
    lent = true;
    sequence = number;
    time = MediaTime.now();
    return this;
  }

  private void requireReturned() {
    if (lent) {
      throw new IllegalStateException("the picture is on loan");
    }
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
    return false;
  }

  @Override
  public List<Plane> planes() {
    return planes;
  }

  @Override
  public void close() {
    lent = false;
  }
}
