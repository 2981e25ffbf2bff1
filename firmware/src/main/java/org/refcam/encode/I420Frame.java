// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.nio.ByteBuffer;
import java.util.List;
import org.refcam.media.FrameRate;
import org.refcam.media.I420Buffer;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;

/**
 * A picture in memory of our own, reused from picture to picture: the one copy that conversion and
 * scaling make. Y, U and V lie in one direct buffer without padding. Confined to one thread.
 */
final class I420Frame implements VideoFrame {
  private final VideoFormat format;
  private final I420Buffer picture;
  private MediaTime time = new MediaTime(0);
  private long sequence;

  I420Frame(int width, int height, FrameRate frameRate) {
    format = new VideoFormat(PixelFormat.I420, width, height, frameRate);
    picture = I420Buffer.allocate(width, height);
  }

  /** Takes over when and as which number the picture was taken. */
  I420Frame stamped(VideoFrame from) {
    time = from.time();
    sequence = from.sequence();
    return this;
  }

  ByteBuffer memory() {
    return picture.memory();
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

  /** Nothing to give back: the memory stays with whoever made the frame. */
  @Override
  public void close() {}
}
