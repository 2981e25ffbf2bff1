// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of an answer to several ranges (RFC 9110, 14.6): one part, or {@code
 * multipart/byteranges}, in whatever order and however joined the server likes. What a part says of
 * itself is not believed; whoever takes the bytes checks them. Confined to one thread.
 */
final class RangedParts {
  /** Takes bytes of the resource. */
  @FunctionalInterface
  interface Sink {
    void take(long position, byte[] bytes, int length) throws IOException, UpdateException;
  }

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "multipart/byteranges\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70})).*",
          Pattern.CASE_INSENSITIVE);
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int LINE_MAX = 1024;
  private static final int LINES_MAX = 32;

  private final InputStream in;
  private final Sink sink;
  private final long mostBytes;
  private long taken;

  /**
   * @param mostBytes that all parts together may have
   */
  RangedParts(InputStream in, long mostBytes, Sink sink) {
    this.in = in;
    this.sink = sink;
    this.mostBytes = mostBytes;
  }

  /** The boundary that a content type names, if it is of several parts. */
  static Optional<String> boundary(String contentType) {
    Matcher matcher = BOUNDARY.matcher(contentType);
    return matcher.matches()
        ? Optional.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
        : Optional.empty();
  }

  /** One part, from the header that says where it lies. */
  void single(String contentRange) throws IOException, UpdateException {
    Matcher range = CONTENT_RANGE.matcher(contentRange);
    if (!range.matches()) {
      throw new IOException("a part that does not say where it lies");
    }
    long from = Long.parseLong(range.group(1));
    long left = Long.parseLong(range.group(2)) + 1 - from;
    taken += left;
    if (left <= 0 || taken > mostBytes) {
      throw new IOException("parts of more bytes than were asked for");
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    while (left > 0) {
      int n = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
      if (n == 0) {
        throw new EOFException("a part ends early");
      }
      sink.take(from, buffer, n);
      from += n;
      left -= n;
    }
  }

  /** All parts up to the closing boundary. */
  void several(String boundary) throws IOException, UpdateException {
    String delimiter = "--" + boundary;
    String line = "";
    for (int i = 0; i < LINES_MAX && !line.startsWith(delimiter); i++) {
      line = line(); // a preamble, or the line's end before the first delimiter
    }
    while (!line.equals(delimiter + "--")) {
      if (!line.equals(delimiter)) {
        throw new IOException("a part that does not end at its boundary");
      }
      single(contentRange());
      line = line();
      line = line.isEmpty() ? line() : line;
    }
  }

  private String contentRange() throws IOException {
    String found = "";
    for (int i = 0; i < LINES_MAX; i++) {
      String line = line();
      if (line.isEmpty()) {
        return found;
      }
      if (line.toLowerCase(Locale.ROOT).startsWith("content-range:")) {
        found = line.substring("content-range:".length()).strip();
      }
    }
    throw new IOException("a part with too many header lines");
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the parts end early");
      }
      if (line.size() == LINE_MAX) {
        throw new IOException("a line between parts is too long");
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
