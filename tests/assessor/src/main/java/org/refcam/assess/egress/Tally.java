// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.refcam.assess.egress.Opening.Cover;

/** What is counted of one destination. Confined to one thread. */
final class Tally {
  /** The first is told if there are several kinds. */
  private static final List<Cover> WORST =
      List.of(
          Cover.CLEAR,
          Cover.UNKNOWN,
          Cover.CLEAR_REQUEST,
          Cover.ENCRYPTED,
          Cover.SERVICE,
          Cover.NOTHING);

  private static final int CLAIMED_MAX = 64;

  private final long firstMicros;
  private final Set<String> claimed = new TreeSet<>();
  private Opening opening = Opening.NONE;
  private boolean began;
  private int conversations;
  private long packetsOut;
  private long bytesOut;
  private long bytesIn;
  private long lastMicros;

  Tally(long micros) {
    firstMicros = micros;
    lastMicros = micros;
  }

  void sent(long micros, long bytes, boolean begun) {
    packetsOut++;
    bytesOut += bytes;
    lastMicros = Math.max(lastMicros, micros);
    began |= begun;
  }

  void came(long bytes) {
    bytesIn += Math.max(0, bytes);
  }

  void conversation() {
    conversations++;
  }

  void opened(Opening seen) {
    if (WORST.indexOf(seen.cover()) < WORST.indexOf(opening.cover())) {
      opening = seen;
    }
    if (claimed.size() < CLAIMED_MAX) {
      seen.name().ifPresent(claimed::add);
    }
  }

  Destination destination(String transport, InetAddress address, int port, Set<String> looked) {
    return new Destination(
        transport,
        address,
        port,
        began,
        opening,
        looked,
        claimed,
        conversations,
        packetsOut,
        bytesOut,
        bytesIn,
        Watch.instant(firstMicros),
        Watch.instant(lastMicros));
  }
}
