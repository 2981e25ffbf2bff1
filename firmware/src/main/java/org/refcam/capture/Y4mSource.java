// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.refcam.capture.InvalidVideoFileException.Reason;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoSource;

/**
 * A YUV4MPEG2 file or pipe, at the pace that its header names.
 *
 * <pre>
 *   "YUV4MPEG2 W768 H576 F10:1 Ip C420mpeg2\n"  then for each picture  "FRAME\n" Y U V
 * </pre>
 *
 * <p>Bounds: header lines of 256 bytes, sides from 16 to 1920, up to 120 pictures a second. A file
 * that ends inside a picture is damaged; one that ends before a FRAME line has ended. Pictures are
 * read straight into the memory that is lent. Confined to the capture thread, except {@link
 * #interrupt}.
 */
public final class Y4mSource implements VideoSource {
  private static final int LINE_MAX = 256;
  private static final int SIDE_MAX = 1920;
  private static final int RATE_MAX = 120;
  private static final int BUFFER = 4096;
  private static final Set<String> LAYOUTS = Set.of("420", "420jpeg", "420mpeg2", "420paldv");

  private final Lines in;
  private final String name;
  private final VideoFormat format;
  private final LentPicture picture;
  private final Pacer pacer;
  private boolean started;
  private boolean filled;
  private long sequence;
  private volatile boolean interrupted;

  private Y4mSource(Lines in, String name, VideoFormat format) {
    this.in = in;
    this.name = name;
    this.format = format;
    this.picture = new LentPicture(format);
    this.pacer = new Pacer(format.frameRate());
  }

  /**
   * Reads the stream's header. Waits for it: a thread that is interrupted meanwhile gets {@link
   * java.nio.channels.ClosedByInterruptException}.
   *
   * @param bytes closed by the source; a plain {@link java.io.FileInputStream} of a pipe can be
   *     interrupted, other streams cannot while they are silent
   * @param name for people
   * @throws InvalidVideoFileException if the header is not one that the camera can stream
   */
  public static Y4mSource open(InputStream bytes, String name) throws IOException {
    Lines in = new Lines(Channels.newChannel(bytes));
    String header = in.line();
    if (header == null || !header.startsWith("YUV4MPEG2 ")) {
      throw new InvalidVideoFileException(
          Reason.NOT_THIS_FORMAT, "a YUV4MPEG2 stream begins with that word");
    }
    return new Y4mSource(in, name, format(header));
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * The deadline bounds the wait for the picture's time; a pipe's own silence is waited out, until
   * {@link #interrupt}.
   */
  @Override
  public Optional<VideoFrame> next(Duration deadline) throws IOException, EndOfStreamException {
    if (!filled) {
      try {
        fill();
      } catch (ClosedChannelException e) {
        if (interrupted) {
          return Optional.empty();
        }
        throw e;
      }
      filled = true;
    }
    if (!pacer.await(deadline)) {
      return Optional.empty();
    }
    filled = false;
    return Optional.of(picture.lend(sequence++));
  }

  /** Closes file or pipe: the only way to end a read of a silent pipe. */
  @Override
  public void interrupt() {
    interrupted = true;
    close();
  }

  @Override
  public void close() {
    try {
      in.channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private void fill() throws IOException, EndOfStreamException {
    String header = in.line();
    if (header == null) {
      if (!started) {
        throw new InvalidVideoFileException(Reason.DAMAGED, name + " has no picture");
      }
      throw new EndOfStreamException(EndOfStreamException.Reason.END_OF_FILE, name);
    }
    if (!header.equals("FRAME") && !header.startsWith("FRAME ")) {
      throw new InvalidVideoFileException(Reason.DAMAGED, "picture " + sequence + " has no FRAME");
    }
    started = true;
    ByteBuffer memory = picture.memory();
    if (!in.fill(memory)) {
      throw new InvalidVideoFileException(
          Reason.DAMAGED, name + " ends inside picture " + sequence);
    }
    memory.clear();
  }

  private static VideoFormat format(String header) throws InvalidVideoFileException {
    int width = 0;
    int height = 0;
    FrameRate rate = FrameRate.of(25);
    List<String> parameters = Arrays.asList(header.split(" +"));
    for (String parameter : parameters.subList(1, parameters.size())) {
      String value = parameter.substring(1);
      switch (parameter.charAt(0)) {
        case 'W' -> width = number(parameter, value, 16, SIDE_MAX);
        case 'H' -> height = number(parameter, value, 16, SIDE_MAX);
        case 'F' -> rate = rate(parameter, value);
        case 'I' -> requireLayout(value.equals("p") || value.equals("?"), parameter);
        case 'C' -> requireLayout(LAYOUTS.contains(value.toLowerCase(Locale.ROOT)), parameter);
        default -> {} // A: pixel aspect, X: comments
      }
    }
    if (width == 0 || height == 0) {
      throw new InvalidVideoFileException(Reason.BAD_PARAMETER, "no W or no H");
    }
    return new VideoFormat(PixelFormat.I420, width, height, rate);
  }

  private static void requireLayout(boolean holds, String parameter)
      throws InvalidVideoFileException {
    if (!holds) {
      throw new InvalidVideoFileException(
          Reason.UNSUPPORTED_LAYOUT, parameter + ": only progressive 4:2:0 of 8 bits");
    }
  }

  private static FrameRate rate(String parameter, String value) throws InvalidVideoFileException {
    int colon = value.indexOf(':');
    if (colon < 0) {
      throw new InvalidVideoFileException(Reason.BAD_PARAMETER, parameter);
    }
    int numerator = number(parameter, value.substring(0, colon), 1, 1_000_000_000);
    int denominator = number(parameter, value.substring(colon + 1), 1, 1_000_000_000);
    double perSecond = (double) numerator / denominator;
    if (perSecond > RATE_MAX || perSecond < 0.1) {
      throw new InvalidVideoFileException(Reason.BAD_PARAMETER, parameter);
    }
    return new FrameRate(numerator, denominator);
  }

  private static int number(String parameter, String digits, int least, int most)
      throws InvalidVideoFileException {
    boolean plausible = !digits.isEmpty() && digits.length() <= 10;
    long value = 0;
    for (int i = 0; plausible && i < digits.length(); i++) {
      plausible = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
      value = value * 10 + digits.charAt(i) - '0';
    }
    if (!plausible || value < least || value > most) {
      throw new InvalidVideoFileException(
          Reason.BAD_PARAMETER, parameter + ": expected " + least + " to " + most);
    }
    return (int) value;
  }

  /** Lines and blocks of bytes from a channel. */
  private static final class Lines {
    private final ReadableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();

    Lines(ReadableByteChannel channel) {
      this.channel = channel;
    }

    /** A line without its end, or null at the end of the stream. */
    @Nullable String line() throws IOException {
      byte[] bytes = new byte[LINE_MAX];
      for (int i = 0; i < LINE_MAX; i++) {
        if (!buffer.hasRemaining() && !refill()) {
          if (i == 0) {
            return null;
          }
          throw new InvalidVideoFileException(Reason.DAMAGED, "ends inside a header");
        }
        bytes[i] = buffer.get();
        if (bytes[i] == '\n') {
          return new String(bytes, 0, i, StandardCharsets.US_ASCII);
        }
      }
      throw new InvalidVideoFileException(
          Reason.HEADER_TOO_LONG, "no line end in " + LINE_MAX + " bytes");
    }

    private boolean refill() throws IOException {
      buffer.clear();
      int count = channel.read(buffer);
      buffer.flip();
      return count > 0;
    }

    /** Fills the memory to its limit; false if the stream ends before. */
    boolean fill(ByteBuffer memory) throws IOException {
      int buffered = Math.min(buffer.remaining(), memory.remaining());
      memory.put(buffer.slice().limit(buffered));
      buffer.position(buffer.position() + buffered);
      while (memory.hasRemaining()) {
        if (channel.read(memory) < 0) {
          return false;
        }
      }
      return true;
    }
  }
}
