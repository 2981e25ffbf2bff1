// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.nio.ByteBuffer;
import java.util.List;
import org.refcam.media.I420Buffer;
import org.refcam.media.MediaTime;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;

/** A source's own I420 buffer, lent to one reader at a time. Confined to the capture thread. */
final class LentPicture implements VideoFrame {
  private final VideoFormat format;
  private final I420Buffer picture;
  private boolean lent;
  private long sequence;
  private MediaTime time = new MediaTime(0);

  LentPicture(VideoFormat format) {
    this.format = format;
    picture = I420Buffer.allocate(format.width(), format.height());
  }

  /** All of the picture, to be filled: Y, U and V without padding; position 0. */
  ByteBuffer memory() {
    requireReturned();
    return picture.memory().clear();
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
    return picture.planes();
  }

  @Override
  public void close() {
    lent = false;
  }
}
