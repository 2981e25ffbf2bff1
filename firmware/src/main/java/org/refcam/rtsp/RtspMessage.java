// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** What a client sends over an RTSP connection. */
public sealed interface RtspMessage {

  /**
   * A request (RFC 2326, 6). Immutable.
   *
   * @param method as sent; methods are case sensitive
   * @param uri as sent
   * @param headers by lower-case name; of a repeated header the last
   * @param bodyLength bytes of the body, which the camera reads and leaves
   */
  record Request(String method, String uri, Map<String, String> headers, int bodyLength)
      implements RtspMessage {
    public Request {
      headers = Map.copyOf(headers);
    }

    /**
     * @param name in lower case
     */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /**
   * A client's interleaved packet, a receiver report as a rule (10.12).
   *
   * @param channel 0 to 255
   * @param packet a view of the parser's bytes, good until they are overwritten
   */
  record Interleaved(int channel, ByteBuffer packet) implements RtspMessage {}
}
