// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.harness;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/**
 * One HTTPS connection that is kept open, with Digest counted on under one nonce (RFC 7616, 3.4).
 * Confined to the caller's thread.
 */
public final class KeepAliveClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Rest.Credentials who;
  private String challenge = "";
  private int nonceCount;

  public KeepAliveClient(SSLContext tls, URI https, Rest.Credentials who) throws IOException {
    this.who = who;
    socket = tls.getSocketFactory().createSocket("127.0.0.1", https.getPort());
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    out = socket.getOutputStream();
  }

  /** The body of an answer and its status. */
  public record Answer(int status, String body) {}

  /** Posts a SOAP message; a 401 is answered once. */
  public Answer post(String path, String xml) throws IOException {
    List<String> challenges = new ArrayList<>();
    Answer first = once("POST", path, xml, challenges);
    if (first.status() != 401 || challenges.isEmpty()) {
      return first;
    }
    challenge = Digest.choose(challenges);
    nonceCount = 0;
    return once("POST", path, xml, challenges);
  }

  private Answer once(String method, String path, String body, List<String> challenges)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(512);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    head.append("Content-Type: application/soap+xml; charset=utf-8\r\nContent-Length: ");
    head.append(bytes.length).append("\r\n");
    if (!challenge.isEmpty()) {
      nonceCount++;
      head.append("Authorization: ");
      head.append(Digest.authorization(challenge, who, method, path, nonceCount)).append("\r\n");
    }
    byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[headBytes.length + bytes.length];
    System.arraycopy(headBytes, 0, message, 0, headBytes.length);
    System.arraycopy(bytes, 0, message, headBytes.length, bytes.length);
    out.write(message);
    out.flush();
    return answer(challenges);
  }

  private Answer answer(List<String> challenges) throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      } else if (lower.startsWith("www-authenticate:")) {
        challenges.add(header.substring(17).strip());
      }
    }
    return new Answer(status, chunked ? chunks() : text(length));
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = size(); size > 0; size = size()) {
      body.append(text(size));
      line();
    }
    line();
    return body.toString();
  }

  private int size() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the camera closed the connection");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the camera closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
