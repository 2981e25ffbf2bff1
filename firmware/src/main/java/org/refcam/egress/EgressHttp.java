// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;

/**
 * HTTP/1.1 to allowed destinations (RFC 9112): one request per connection, the answer bounded, and
 * whole or as it comes. Redirects are answers like any other and are never followed. Written here
 * because {@code java.net.http} looks names up by itself, so that an address which was checked need
 * not be the one that is called. Stateless.
 */
public final class EgressHttp {
  private static final int LONGEST_LINE = 8192;
  private static final int MOST_LINES = 100;
  private static final int MOST_INTERIM = 8;

  private final Egress egress;
  private final Limits limits;
  private final Optional<KeyManager> own;

  public EgressHttp(Egress egress, Limits limits) {
    this(egress, limits, Optional.empty());
  }

  /**
   * @param own shows the camera's certificate to peers that ask for it
   */
  public EgressHttp(Egress egress, Limits limits, Optional<KeyManager> own) {
    this.egress = egress;
    this.limits = limits;
    this.own = own;
  }

  /**
   * Sends a request and takes the answer.
   *
   * @throws EgressRefusedException if the policy stands against it
   * @throws IOException if the peer breaks off, breaks the protocol, or passes a limit
   */
  public HttpAnswer send(String host, int port, Purpose purpose, HttpCall call) throws IOException {
    try (EgressConnection connection = egress.connectTls(host, port, purpose, limits, own)) {
      write(connection.output(), hostHeader(host, port), call);
      return read(new java.io.BufferedInputStream(connection.input()), call.method());
    }
  }

  /**
   * Sends a request and hands over the answer's body to be read as it comes.
   *
   * @param tls without it, who answers is not verified: for what is signed in itself
   * @return to be closed
   * @throws EgressRefusedException if the policy stands against it
   * @throws IOException if the peer breaks off, breaks the protocol, or passes a limit
   */
  public HttpStream open(String host, int port, Purpose purpose, boolean tls, HttpCall call)
      throws IOException {
    EgressConnection connection =
        tls
            ? egress.connectTls(host, port, purpose, limits, own)
            : egress.connect(host, port, purpose, limits);
    try {
      write(connection.output(), hostHeader(host, port, tls), call);
      InputStream in = new java.io.BufferedInputStream(connection.input());
      Head head = head(in);
      return new HttpStream(
          head.status(), head.headers(), new HttpBody(in, head.headers(), connection::close));
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What stands in the Host header; signatures cover it. */
  public static String hostHeader(String host, int port) {
    return hostHeader(host, port, true);
  }

  private static String hostHeader(String host, int port, boolean tls) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  private static void write(OutputStream raw, String host, HttpCall call) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(call.method()).append(' ').append(call.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    call.headers().forEach((k, v) -> head.append(k).append(": ").append(v).append("\r\n"));
    if (call.body().length > 0 || !call.method().matches("GET|HEAD|DELETE")) {
      head.append("Content-Length: ").append(call.body().length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    OutputStream out = new BufferedOutputStream(raw, 16 << 10);
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    out.write(call.body());
    out.flush();
  }

  static HttpAnswer read(InputStream in, String method) throws IOException {
    Head head = head(in);
    int status = head.status();
    boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
    return new HttpAnswer(
        status, head.headers(), bodiless ? new byte[0] : body(in, head.headers()));
  }

  private record Head(int status, Map<String, String> headers) {}

  private static Head head(InputStream in) throws IOException {
    int status = 100;
    Map<String, String> headers = Map.of();
    for (int i = 0; i < MOST_INTERIM && status < 200; i++) {
      status = status(line(in));
      headers = headers(in);
    }
    if (status < 200) {
      throw new IOException("no final answer");
    }
    return new Head(status, headers);
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
      throw new IOException("not an HTTP answer");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    String line = line(in);
    for (int i = 0; !line.isEmpty(); i++) {
      int colon = line.indexOf(':');
      if (colon <= 0 || i >= MOST_LINES) {
        throw new IOException("the answer's header is malformed or too long");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      line = line(in);
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    String encoding = headers.getOrDefault("transfer-encoding", "");
    if (encoding.equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    if (!encoding.isEmpty()) {
      throw new IOException("a transfer encoding other than chunked");
    }
    String length = headers.get("content-length");
    if (length == null) {
      return in.readAllBytes(); // to the end of the connection, whose limit counts
    }
    if (!length.matches("[0-9]{1,9}")) {
      throw new IOException("the answer's length is no number or too large");
    }
    return exactly(in, Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      body.write(exactly(in, size));
      if (!line(in).isEmpty()) {
        throw new IOException("a chunk is longer than it says");
      }
    }
    headers(in); // trailers
    return body.toByteArray();
  }

  static int chunkSize(InputStream in) throws IOException {
    String line = line(in);
    int end = line.indexOf(';');
    String digits = (end < 0 ? line : line.substring(0, end)).strip();
    if (!digits.matches("[0-9A-Fa-f]{1,7}")) {
      throw new IOException("a chunk's size is no number or too large");
    }
    return Integer.parseInt(digits, 16);
  }

  /** Memory grows with what arrives, not with what is announced. */
  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the answer ends early");
    }
    return bytes;
  }

  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the answer ends early");
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line of the answer is too long");
      }
      line.append((char) c);
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }
}
