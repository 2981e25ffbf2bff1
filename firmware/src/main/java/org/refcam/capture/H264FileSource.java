// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.refcam.capture.InvalidVideoFileException.Reason;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoSource;

/**
 * An H.264 Annex B file, streamed over and over as a camera with its own encoder would deliver it.
 * The file is mapped, not read. Confined to the capture thread.
 */
public final class H264FileSource implements VideoSource {
  private static final long SIZE_MAX = 512L << 20;

  private final String name;
  private final VideoFormat format;
  private final List<ByteBuffer> accessUnits;
  private final Pacer pacer;
  private long sequence;

  private H264FileSource(String name, VideoFormat format, List<ByteBuffer> accessUnits) {
    this.name = name;
    this.format = format;
    this.accessUnits = accessUnits;
    this.pacer = new Pacer(format.frameRate());
  }

  /**
   * @param width for the description alone; the stream's own parameter sets are what viewers decode
   * @param height likewise
   * @param rate the pace
   * @throws InvalidVideoFileException if the file has no access unit that decoding can start at
   */
  public static H264FileSource open(Path file, int width, int height, FrameRate rate)
      throws IOException {
    if (Files.size(file) > SIZE_MAX) {
      throw new InvalidVideoFileException(Reason.TOO_LARGE, file + " is over 512 MiB");
    }
    ByteBuffer bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    List<ByteBuffer> units = split(bytes);
    if (units.isEmpty()) {
      throw new InvalidVideoFileException(
          Reason.NOT_THIS_FORMAT, file + " is no H.264 byte stream that begins with an SPS");
    }
    return new H264FileSource(
        file.toString(), new VideoFormat(PixelFormat.H264, width, height, rate), units);
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
  public Optional<VideoFrame> next(Duration deadline) {
    if (!pacer.await(deadline)) {
      return Optional.empty();
    }
    ByteBuffer bytes = accessUnits.get((int) (sequence % accessUnits.size())).duplicate();
    return Optional.of(new Encoded(format, MediaTime.now(), sequence++, bytes));
  }

  @Override
  public void close() {}

  /**
   * Cuts the stream before the first NAL unit of each access unit (ITU-T H.264, 7.4.1.2.3): a
   * delimiter, parameter set or SEI after a slice, or a slice whose first_mb_in_slice is 0.
   */
  private static List<ByteBuffer> split(ByteBuffer bytes) {
    List<ByteBuffer> units = new ArrayList<>();
    int begin = -1;
    boolean sliceSeen = false;
    for (int i = 0; i + 4 < bytes.limit(); i++) {
      if (bytes.get(i) != 0 || bytes.get(i + 1) != 0 || bytes.get(i + 2) != 1) {
        continue;
      }
      int type = bytes.get(i + 3) & 0x1F;
      boolean slice = type == 1 || type == 5;
      boolean first = slice ? bytes.get(i + 4) < 0 : type >= 6 && type <= 9;
      if (begin < 0 && type == 7) {
        begin = i;
      } else if (begin >= 0 && sliceSeen && first) {
        units.add(bytes.slice(begin, i - begin));
        begin = i;
        sliceSeen = false;
      }
      sliceSeen |= slice;
      i += 3;
    }
    if (begin >= 0 && sliceSeen) {
      units.add(bytes.slice(begin, bytes.limit() - begin));
    }
    return units;
  }

  private record Encoded(VideoFormat format, MediaTime time, long sequence, ByteBuffer data)
      implements VideoFrame {
    @Override
    public boolean corrupted() {
      return false;
    }

    @Override
    public List<Plane> planes() {
      return List.of(new Plane(data, 0));
    }

    @Override
    public void close() {}
  }
}
