// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.harness;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small RTSP 1.0 client of the tests' own: RFC 2326 with RTP interleaved on the connection,
 * Digest by RFC 7616. Confined to the caller's thread.
 */
public final class RtspClient implements AutoCloseable {
  /** An answer; header names are in lower case, and a header that came twice has two values. */
  public record Answer(int status, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      List<String> values = headers.getOrDefault(name, List.of());
      return values.isEmpty() ? "" : values.get(0);
    }
  }

  /** One interleaved packet: RTP on channel 0, RTCP on channel 1. The bytes are not copied. */
  public record Packet(int channel, byte[] bytes) {
    /** Whether it is RTP with the marker bit. */
    public boolean endsAccessUnit() {
      return channel == 0 && bytes.length > 12 && (bytes[1] & RTP_MARKER) != 0;
    }
  }

  private static final int RTP_MARKER = 0x80;

  /** Ends whatever carries the bytes. */
  private interface Carrier {
    void close() throws IOException;
  }

  private final Carrier carrier;
  private final @Nullable Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String base;
  private int cSeq;
  private int nonceCount;
  private String challenge = "";
  private String session = "";
  private Rest.Credentials credentials = new Rest.Credentials("", "");

  private RtspClient(Socket socket, String scheme) throws IOException {
    this.socket = socket;
    carrier = socket::close;
    socket.setSoTimeout(15_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
    base = scheme + "://127.0.0.1:" + socket.getPort() + "/";
  }

  private RtspClient(WebSocketPipe pipe, int port) {
    socket = null;
    carrier = pipe::close;
    in = new BufferedInputStream(pipe.in(), 1 << 16);
    out = pipe.out();
    base = "rtsps://127.0.0.1:" + port + "/";
  }

  /** RTSP in the binary messages of a WebSocket, subprotocol {@code rtsp.onvif.org}. */
  public static RtspClient connectWebSocket(SSLContext tls, int httpsPort) throws IOException {
    URI uri = URI.create("wss://127.0.0.1:" + httpsPort + "/rtsp");
    return new RtspClient(WebSocketPipe.open(tls, uri, "rtsp.onvif.org"), httpsPort);
  }

  public static RtspClient connectTls(SSLContext tls, int port) throws IOException {
    return new RtspClient(tls.getSocketFactory().createSocket("127.0.0.1", port), "rtsps");
  }

  public static RtspClient connectPlain(int port) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
    return new RtspClient(socket, "rtsp");
  }

  /** Uses these credentials from now on, answering the next challenge with them. */
  public RtspClient as(Rest.Credentials who) {
    credentials = who;
    challenge = "";
    return this;
  }

  /** The address of a stream at this door. */
  public String address(String stream) {
    return base + stream;
  }

  /** One request and its answer; a 401 is answered once when there are credentials. */
  public Answer request(String method, String uri, String... headers) throws IOException {
    Answer first = once(method, uri, headers);
    if (first.status() != 401 || credentials.username().isEmpty()) {
      return first;
    }
    challenge = Digest.choose(first.headers().getOrDefault("www-authenticate", List.of()));
    nonceCount = 0;
    return once(method, uri, headers);
  }

  /** DESCRIBE, SETUP interleaved, PLAY; throws when a step is refused. */
  public RtspClient play(String stream) throws IOException {
    Answer described = require(request("DESCRIBE", address(stream), "Accept: application/sdp"));
    String contentBase = described.header("content-base");
    String root = contentBase.isEmpty() ? address(stream) : contentBase;
    String control = "";
    boolean video = false;
    for (String line : described.body().split("\r?\n", -1)) {
      video = line.startsWith("m=") ? line.startsWith("m=video") : video;
      if (video && line.startsWith("a=control:")) {
        control = line.substring("a=control:".length());
      }
    }
    String track = control.contains("://") ? control : root.replaceAll("/$", "") + "/" + control;
    Answer setUp =
        require(request("SETUP", track, "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"));
    session = setUp.header("session").split(";", 2)[0];
    require(request("PLAY", root, "Range: npt=0.000-"));
    return this;
  }

  private static Answer require(Answer answer) throws IOException {
    if (answer.status() != 200) {
      throw new IOException("RTSP answered " + answer.status());
    }
    return answer;
  }

  /** Counts whole access units (RTP markers on channel 0) that arrive within a time. */
  public int countFrames(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    int frames = 0;
    while (System.nanoTime() < end) {
      if (readInterleaved()) {
        frames++;
      }
    }
    return frames;
  }

  /** Reads one interleaved packet; true when it ends an access unit. */
  public boolean readInterleaved() throws IOException {
    return readPacket().endsAccessUnit();
  }

  /** Reads one interleaved packet. */
  public Packet readPacket() throws IOException {
    int dollar = in.read();
    if (dollar < 0) {
      throw new EOFException("the camera closed the connection");
    }
    if (dollar != '$') {
      throw new IOException("expected an interleaved packet, found byte " + dollar);
    }
    int channel = in.read();
    int length = in.read() << 8 | in.read();
    byte[] packet = in.readNBytes(length);
    if (packet.length != length) {
      throw new EOFException("packet cut short");
    }
    return new Packet(channel, packet);
  }

  /** Sends one interleaved packet. */
  public void sendInterleaved(int channel, byte[] packet) throws IOException {
    byte[] framed = new byte[4 + packet.length];
    framed[0] = '$';
    framed[1] = (byte) channel;
    framed[2] = (byte) (packet.length >> 8);
    framed[3] = (byte) packet.length;
    System.arraycopy(packet, 0, framed, 4, packet.length);
    sendRaw(framed);
  }

  /** Sends bytes as they are. */
  public void sendRaw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /**
   * @throws IllegalStateException over WebSocket
   */
  public Socket socket() {
    if (socket == null) {
      throw new IllegalStateException("no socket of its own");
    }
    return socket;
  }

  private Answer once(String method, String uri, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(method).append(' ').append(uri).append(" RTSP/1.0\r\n");
    text.append("CSeq: ").append(++cSeq).append("\r\nUser-Agent: refcam-tests\r\n");
    if (!session.isEmpty()) {
      text.append("Session: ").append(session).append("\r\n");
    }
    if (!challenge.isEmpty()) {
      text.append("Authorization: ")
          .append(Digest.authorization(challenge, credentials, method, uri, ++nonceCount))
          .append("\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    sendRaw(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    return readAnswer();
  }

  /** Reads the next answer and skips interleaved packets before it. */
  public Answer readAnswer() throws IOException {
    in.mark(1);
    int next = in.read();
    while (next == '$') {
      in.read();
      int length = in.read() << 8 | in.read();
      in.skipNBytes(length);
      in.mark(1);
      next = in.read();
    }
    in.reset();
    String status = line();
    if (!status.startsWith("RTSP/1.0 ")) {
      throw new IOException("not an RTSP answer: " + status);
    }
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
      headers.computeIfAbsent(name, key -> new ArrayList<>()).add(line.substring(colon + 1).trim());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).get(0));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Answer(Integer.parseInt(status.substring(9, 12)), headers, body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the camera closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    carrier.close();
  }
}
