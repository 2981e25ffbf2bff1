// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.time.Duration;

/**
 * What one connection may cost.
 *
 * @param connect until the peer answers, the TLS handshake included, for each address tried
 * @param silence between two bytes from the peer
 * @param whole from the call to the end, whatever happens
 * @param mostReceived bytes that are taken from the peer
 */
public record Limits(Duration connect, Duration silence, Duration whole, long mostReceived) {
  public Limits {
    boolean positive =
        Duration.ZERO.compareTo(connect) < 0
            && Duration.ZERO.compareTo(silence) < 0
            && Duration.ZERO.compareTo(whole) < 0
            && mostReceived > 0;
    if (!positive) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
