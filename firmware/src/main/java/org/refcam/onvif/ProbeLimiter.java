// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.net.InetAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which datagrams are answered: few per second from one address, and few from all together, so that
 * a forged sender gets little. Confined to the discovery thread.
 */
final class ProbeLimiter {
  static final int MOST_PER_ADDRESS = 4;
  static final int MOST_TOGETHER = 20;
  private static final long SECOND = 1000;
  private static final int MOST_ADDRESSES = 256;

  private final Clock clock;
  private final Map<InetAddress, Integer> counts = new LinkedHashMap<>();
  private long windowStart = Long.MIN_VALUE;
  private int together;

  ProbeLimiter(Clock clock) {
    this.clock = clock;
  }

  boolean admit(InetAddress from) {
    long now = clock.millis();
    if (windowStart == Long.MIN_VALUE || Math.abs(now - windowStart) >= SECOND) {
      windowStart = now;
      counts.clear();
      together = 0;
    }
    if (together >= MOST_TOGETHER || counts.size() >= MOST_ADDRESSES) {
      return false;
    }
    if (counts.merge(from, 1, Integer::sum) > MOST_PER_ADDRESS) {
      return false;
    }
    together++;
    return true;
  }
}
