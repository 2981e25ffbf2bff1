// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the other addresses of a subject by its network card, because a camera picks IPv6 addresses
 * as it likes and its user names one.
 *
 * <p>A card counts as the subject's if it sent from the subject's address and from no second
 * address of IPv4: a router's card sends for many. Confined to one thread.
 */
final class Cards implements PacketSink {
  private static final int CARDS_MAX = 4096;
  private static final int ADDRESSES_MAX = 64;

  private final InetAddress subject;
  private final Map<String, Set<InetAddress>> senders = new HashMap<>();

  Cards(InetAddress subject) {
    this.subject = subject;
  }

  @Override
  public void packet(long micros, int link, ByteBuffer bytes, int wireLength)
      throws CaptureException {
    Optional<Frame> frame = Frame.of(link, bytes);
    if (frame.isEmpty() || frame.get().sender().isEmpty()) {
      return;
    }
    String card = frame.get().sender().get();
    Set<InetAddress> from = senders.get(card);
    if (from == null) {
      if (senders.size() >= CARDS_MAX) {
        return;
      }
      from = new HashSet<>();
      senders.put(card, from);
    }
    Optional<IpPacket> packet = IpPacket.of(frame.get().packet());
    if (packet.isPresent() && from.size() < ADDRESSES_MAX) {
      InetAddress source = packet.get().source();
      if (!source.isAnyLocalAddress() && !source.isLinkLocalAddress()) {
        from.add(source);
      }
    }
  }

  /** The subject's addresses, its given one among them. */
  Set<InetAddress> own() {
    Set<InetAddress> own = new HashSet<>(Set.of(subject));
    for (Set<InetAddress> from : senders.values()) {
      long fours = from.stream().filter(Inet4Address.class::isInstance).count();
      if (from.contains(subject) && fours <= 1 && from.size() < ADDRESSES_MAX) {
        own.addAll(from);
      }
    }
    return own;
  }
}
