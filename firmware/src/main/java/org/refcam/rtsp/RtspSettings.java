// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.time.Duration;
import java.util.Optional;

/**
 * How the RTSP door is set up. Immutable.
 *
 * @param bind address to serve on
 * @param port of RTSP over TLS; 0 picks a free one
 * @param plainPort of unencrypted RTSP, if the owner wants that
 * @param srtpPort UDP port of SRTP, with SRTCP on the next; 0 finds a free pair when it is needed
 * @param authenticateWithin from connecting to the first request that is let in
 * @param sessionTimeout without a sign of life
 * @param connectionsMax all together
 * @param strangersMax connections that have not authenticated; the oldest makes room for the newest
 */
public record RtspSettings(
    String bind,
    int port,
    Optional<Integer> plainPort,
    int srtpPort,
    Duration authenticateWithin,
    Duration sessionTimeout,
    int connectionsMax,
    int strangersMax) {

  /** Bounds that suit a camera. */
  public static RtspSettings of(String bind, int port, Optional<Integer> plainPort, int srtpPort) {
    return new RtspSettings(
        bind, port, plainPort, srtpPort, Duration.ofSeconds(15), Duration.ofSeconds(60), 320, 64);
  }
}
