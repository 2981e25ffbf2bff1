// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * One address, protocol and port that a subject sent to of its own accord. Immutable.
 *
 * @param transport tcp, udp, icmp or {@code ip-N}
 * @param port of the other side; 0 where there is none
 * @param began whether the capture shows that the subject began; otherwise it was under way
 * @param opening of its first conversation of the least covered kind
 * @param looked up names whose look-up gave this address in this capture
 * @param claimed names that the subject wrote into its requests: its own word
 * @param conversations begun
 * @param bytesOut payload bytes from the subject, before a capture cut them
 * @param first time of the first packet
 */
public record Destination(
    String transport,
    InetAddress address,
    int port,
    boolean began,
    Opening opening,
    Set<String> looked,
    Set<String> claimed,
    int conversations,
    long packetsOut,
    long bytesOut,
    long bytesIn,
    Instant first,
    Instant last) {
  public Destination {
    looked = Collections.unmodifiableSet(new TreeSet<>(looked));
    claimed = Collections.unmodifiableSet(new TreeSet<>(claimed));
  }

  /** {@code tcp 192.0.2.7:443}. */
  public String at() {
    String host = address.getHostAddress();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return transport + " " + shown + (port == 0 ? "" : ":" + port);
  }

  /** Whether it stays within the building: private, link-local, loopback or unique local. */
  public boolean local() {
    byte[] raw = address.getAddress();
    return address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isLoopbackAddress()
        || raw.length == 16 && (raw[0] & 0xfe) == 0xfc;
  }
}
