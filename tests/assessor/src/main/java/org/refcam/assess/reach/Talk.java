// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP/1.1 and RTSP/1.0 as an assessor needs them: one request a connection, no redirect is ever
 * followed, and whatever comes back is bounded and parsed without trust. Immutable.
 */
public final class Talk {
  private static final int HEAD_MAX = 32 << 10;
  private static final int LINES_MAX = 200;

  private final Reach reach;

  public Talk(Reach reach) {
    this.reach = reach;
  }

  public Reach reach() {
    return reach;
  }

  public Reply get(Endpoint at, String path) throws IOException {
    return http(at, "GET", path, Map.of(), new byte[0]);
  }

  /** One HTTP exchange. */
  public Reply http(
      Endpoint at, String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(reach.host()).append(':').append(at.port()).append("\r\n");
    head.append("User-Agent: refcam-assess\r\nAccept: */*\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    return exchange(at, head.append("\r\n").toString(), body, !method.equals("HEAD"));
  }

  /** One RTSP exchange on a connection of its own. */
  public Reply rtsp(Endpoint at, String method, String path, Map<String, String> headers)
      throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(rtspUri(at, path)).append(" RTSP/1.0\r\nCSeq: 1\r\n");
    head.append("User-Agent: refcam-assess\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return exchange(at, head.append("\r\n").toString(), new byte[0], true);
  }

  /** The URI that a request for a path names. */
  public String rtspUri(Endpoint at, String path) {
    return path.equals("*")
        ? "*"
        : (at.tls() ? "rtsps" : "rtsp") + "://" + reach.host() + ":" + at.port() + path;
  }

  /** Sends bytes as they are and reads an answer, if one comes. */
  public Reply raw(Endpoint at, byte[] bytes) throws IOException {
    return exchange(at, "", bytes, true);
  }

  private Reply exchange(Endpoint at, String head, byte[] body, boolean readBody)
      throws IOException {
    // An update of many megabytes may take longer than a question, at 256 KiB a second.
    Duration most = reach.limits().exchange().plusSeconds(body.length >> 18);
    try (Wire wire = Wire.open(reach, at.port(), at.tls(), most)) {
      byte[] start = head.getBytes(StandardCharsets.UTF_8);
      byte[] whole = new byte[start.length + body.length];
      System.arraycopy(start, 0, whole, 0, start.length);
      System.arraycopy(body, 0, whole, start.length, body.length);
      IOException broken = null;
      try {
        wire.send(whole);
      } catch (IOException e) {
        // A server may answer and close before it has read a body that it refuses.
        broken = e;
      }
      try {
        return read(wire, readBody);
      } catch (IOException e) {
        if (broken != null) {
          e.addSuppressed(broken);
        }
        throw e;
      }
    }
  }

  private Reply read(Wire wire, boolean readBody) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last4 = 0;
    while (head.size() < HEAD_MAX) {
      int next = wire.read();
      if (next < 0) {
        break;
      }
      head.write(next);
      last4 = last4 << 8 | next;
      if (last4 == 0x0d0a0d0a || (last4 & 0xffff) == 0x0a0a) {
        break;
      }
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r?\n", LINES_MAX);
    int status = status(lines[0]);
    if (status == 0) {
      return new Reply(0, Map.of(), head.toByteArray(), head.size() >= HEAD_MAX);
    }
    Map<String, List<String>> headers = headers(lines);
    if (!readBody || status == 204 || status == 304 || status < 200) {
      return new Reply(status, headers, new byte[0], false);
    }
    return withBody(wire, status, headers, lines[0].startsWith("RTSP/"));
  }

  private static int status(String line) {
    return line.matches("(HTTP|RTSP)/1\\.[01] [1-9]\\d\\d(\\s.*)?")
        ? Integer.parseInt(line.substring(9, 12))
        : 0;
  }

  private static Map<String, List<String>> headers(String[] lines) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length && i < LINES_MAX - 1; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(
                lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                k -> new ArrayList<>())
            .add(lines[i].substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private Reply withBody(Wire wire, int status, Map<String, List<String>> headers, boolean rtsp)
      throws IOException {
    int most = reach.limits().answerBytes();
    String length = headers.getOrDefault("content-length", List.of(rtsp ? "0" : "")).get(0);
    if (headers.getOrDefault("transfer-encoding", List.of("")).get(0).equalsIgnoreCase("chunked")) {
      byte[] body = new Chunks(wire).read(most);
      return new Reply(status, headers, body, body.length >= most);
    }
    boolean known = length.matches("\\d{1,15}");
    long announced = known ? Long.parseLong(length) : Long.MAX_VALUE;
    byte[] body = wire.readAll((int) Math.min(most, announced));
    return new Reply(status, headers, body, known ? body.length < announced : body.length >= most);
  }
}
