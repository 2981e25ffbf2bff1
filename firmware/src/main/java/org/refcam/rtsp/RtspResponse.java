// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An answer (RFC 2326, 7). Confined to one thread. */
final class RtspResponse {
  private static final Map<Integer, String> PHRASES =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(451, "Parameter Not Understood"),
          Map.entry(453, "Not Enough Bandwidth"),
          Map.entry(454, "Session Not Found"),
          Map.entry(455, "Method Not Valid in This State"),
          Map.entry(457, "Invalid Range"),
          Map.entry(459, "Aggregate Operation Not Allowed"),
          Map.entry(461, "Unsupported Transport"),
          Map.entry(463, "Key Management Failure"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(551, "Option not supported"));

  private final int status;
  private final List<String> headers = new ArrayList<>();
  private String body = "";
  private Runnable afterwards = () -> {};

  RtspResponse(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  RtspResponse header(String name, String value) {
    headers.add(name + ": " + value);
    return this;
  }

  /** What is to happen once the answer is out, or cannot be given any more. */
  RtspResponse then(Runnable action) {
    afterwards = action;
    return this;
  }

  void given() {
    afterwards.run();
  }

  RtspResponse body(String contentType, String text) {
    body = text;
    return header("Content-Type", contentType);
  }

  /**
   * @param cseq echoed; empty where the request had none that could be echoed
   */
  byte[] encode(String cseq) {
    StringBuilder text = new StringBuilder(256);
    text.append("RTSP/1.0 ").append(status).append(' ').append(PHRASES.get(status)).append("\r\n");
    if (!cseq.isEmpty()) {
      text.append("CSeq: ").append(cseq).append("\r\n");
    }
    headers.forEach(header -> text.append(header).append("\r\n"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      text.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    return text.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
  }
}
