// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.MediaTime;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoSource;

/** A camera that delivers these compressed pictures, 40 ms apart by their times, and ends. */
final class ListSource implements VideoSource {
  private final VideoFormat format;
  private final List<byte[]> pictures;
  private final List<Boolean> corrupted;
  private int number;

  ListSource(VideoFormat format, List<byte[]> pictures, List<Boolean> corrupted) {
    this.format = format;
    this.pictures = pictures;
    this.corrupted = corrupted;
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public String name() {
    return "list";
  }

  @Override
  public Optional<VideoFrame> next(Duration deadline) throws EndOfStreamException {
    if (number == pictures.size()) {
      throw new EndOfStreamException(EndOfStreamException.Reason.END_OF_FILE, "list");
    }
    byte[] bytes = pictures.get(number);
    ByteBuffer data = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    MediaTime time = new MediaTime(number * 40_000_000L);
    return Optional.of(new Picture(format, time, number, corrupted.get(number++), data));
  }

  @Override
  public void close() {}

  private record Picture(
      VideoFormat format, MediaTime time, long sequence, boolean corrupted, ByteBuffer data)
      implements VideoFrame {
    @Override
    public List<Plane> planes() {
      return List.of(new Plane(data, 0));
    }

    @Override
    public void close() {}
  }
}
