// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.rtsp.RtspMessage.Interleaved;
import org.refcam.rtsp.RtspMessage.Request;
import org.refcam.rtsp.RtspParseException.Reason;

/**
 * Reads the messages of an RTSP connection out of bytes that may be hostile.
 *
 * <p>Bounds: 8 KiB and 64 lines of request line and headers, 64 KiB of body. Header bytes are
 * printable ASCII; a folded header line is refused, because proxies disagree on what it means.
 * Stateless.
 */
public final class RtspParser {
  static final int HEAD_MAX = 8 * 1024;
  static final int BODY_MAX = 64 * 1024;
  private static final int LINES_MAX = 64;
  private static final int INTERLEAVED_HEADER = 4;
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([A-Z_]{1,32}) ([\\x21-\\x7E]{1,2048}) RTSP/([0-9]\\.[0-9])");
  private static final Pattern HEADER =
      Pattern.compile("([A-Za-z0-9-]{1,64}):[ \\t]*([\\x20-\\x7E\\t]*)");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,6}");

  private RtspParser() {}

  /** The most bytes that one message can have. */
  public static int messageMax() {
    return HEAD_MAX + BODY_MAX;
  }

  /**
   * Takes the first message, if all of it is there.
   *
   * @param in read from its position on, which moves past the message only if there is one
   * @return empty if more bytes are needed
   * @throws RtspParseException if no further bytes can make this a message
   */
  public static Optional<RtspMessage> parse(ByteBuffer in) throws RtspParseException {
    while (in.hasRemaining() && (in.get(in.position()) == '\r' || in.get(in.position()) == '\n')) {
      in.get(); // empty lines before a request are allowed (RFC 2326, 4.1 by way of HTTP)
    }
    if (!in.hasRemaining()) {
      return Optional.empty();
    }
    return in.get(in.position()) == '$' ? interleaved(in) : request(in);
  }

  private static Optional<RtspMessage> interleaved(ByteBuffer in) {
    int start = in.position();
    if (in.remaining() < INTERLEAVED_HEADER) {
      return Optional.empty();
    }
    int length = in.getShort(start + 2) & 0xFFFF;
    if (in.remaining() < INTERLEAVED_HEADER + length) {
      return Optional.empty();
    }
    in.position(start + INTERLEAVED_HEADER + length);
    ByteBuffer packet = in.slice(start + INTERLEAVED_HEADER, length).asReadOnlyBuffer();
    return Optional.of(new Interleaved(in.get(start + 1) & 0xFF, packet));
  }

  private static Optional<RtspMessage> request(ByteBuffer in) throws RtspParseException {
    int end = endOfHead(in);
    if (end < 0) {
      if (in.remaining() >= HEAD_MAX) {
        throw new RtspParseException(Reason.HEADERS_TOO_LARGE, "over " + HEAD_MAX + " bytes");
      }
      return Optional.empty();
    }
    byte[] head = new byte[end - in.position()];
    in.get(in.position(), head);
    String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
    Matcher line = REQUEST_LINE.matcher(lines[0]);
    if (!line.matches()) {
      throw new RtspParseException(Reason.BAD_REQUEST_LINE, "not METHOD URI RTSP/1.0");
    }
    if (!line.group(3).equals("1.0")) {
      throw new RtspParseException(Reason.BAD_VERSION, line.group(3));
    }
    Map<String, String> headers = headers(lines);
    int bodyLength = bodyLength(headers);
    if (in.limit() - end < bodyLength) {
      return Optional.empty();
    }
    in.position(end + bodyLength);
    return Optional.of(new Request(line.group(1), line.group(2), headers, bodyLength));
  }

  /** Where the body begins, or -1 if the empty line has not come within the bound. */
  private static int endOfHead(ByteBuffer in) {
    int most = Math.min(in.limit(), in.position() + HEAD_MAX);
    int lineStart = in.position();
    for (int i = in.position(); i < most; i++) {
      if (in.get(i) == '\n') {
        boolean empty = i == lineStart || i == lineStart + 1 && in.get(lineStart) == '\r';
        if (empty) {
          return i + 1;
        }
        lineStart = i + 1;
      }
    }
    return -1;
  }

  private static Map<String, String> headers(String[] lines) throws RtspParseException {
    if (lines.length > LINES_MAX) {
      throw new RtspParseException(Reason.HEADERS_TOO_LARGE, "over " + LINES_MAX + " lines");
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].isEmpty()) {
        continue;
      }
      Matcher header = HEADER.matcher(lines[i]);
      if (!header.matches()) {
        throw new RtspParseException(Reason.BAD_HEADER, "line " + (i + 1));
      }
      String name = header.group(1).toLowerCase(Locale.ROOT);
      boolean again = headers.put(name, header.group(2).strip()) != null;
      if (again && name.equals("content-length")) {
        throw new RtspParseException(Reason.BAD_LENGTH, "Content-Length twice");
      }
    }
    return headers;
  }

  private static int bodyLength(Map<String, String> headers) throws RtspParseException {
    String text = headers.getOrDefault("content-length", "0");
    if (!LENGTH.matcher(text).matches() || Integer.parseInt(text) > BODY_MAX) {
      throw new RtspParseException(Reason.BAD_LENGTH, "Content-Length over " + BODY_MAX);
    }
    return Integer.parseInt(text);
  }
}
