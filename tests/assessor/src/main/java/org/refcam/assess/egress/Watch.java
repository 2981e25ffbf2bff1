// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Watches one subject through a capture: to whom it sends of its own accord.
 *
 * <ul>
 *   <li>TCP: it sent a SYN; or neither side did in this capture, and the other port is not one that
 *       a viewer would come from.
 *   <li>UDP: nobody sent to this pair of ports before, and the other side did not begin to speak to
 *       the subject otherwise, as a viewer does that has media sent to it.
 *   <li>ICMP: it asked for an echo. Any other protocol: it sent.
 * </ul>
 *
 * Multicast and broadcast stay on the link and are left out. Everything remembered is bounded; what
 * did not fit is counted. Confined to one thread.
 */
final class Watch implements PacketSink {
  static final int PLACES_MAX = 10_000;
  static final int TALKS_MAX = 4096;
  static final int HEARD_MAX = 200_000;
  static final int NAMES_MAX = 20_000;

  private static final int SYN = 0x02;
  private static final int ACK = 0x10;
  private static final int DNS = 53;

  /** In the place of the subject's port. */
  private static final int ANY = 0;

  /** Who, in which protocol, at which port. */
  private record Place(int protocol, InetAddress address, int port) {}

  /** A pair of ports with one other side. */
  record Pair(int protocol, InetAddress address, int port, int own) {}

  private final Set<InetAddress> own;
  private final Map<Place, Tally> places = new LinkedHashMap<>();
  private final Map<Pair, Talk> talks = new HashMap<>();

  /** Those whose first bytes are still held. */
  private final List<Talk> open = new ArrayList<>();

  private final Set<Pair> heard = new HashSet<>();
  private final Set<InetAddress> peers = new HashSet<>();
  private final Set<String> asked = new TreeSet<>();
  private final Map<InetAddress, Set<String>> looked = new HashMap<>();
  private int names;
  private long packets;
  private long from;
  private long overflow;
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros;

  Watch(Set<InetAddress> own) {
    this.own = Set.copyOf(own);
  }

  @Override
  public void packet(long micros, int link, ByteBuffer bytes, int wireLength)
      throws CaptureException {
    packets++;
    firstMicros = Math.min(firstMicros, micros);
    lastMicros = Math.max(lastMicros, micros);
    Optional<IpPacket> packet = Frame.of(link, bytes).flatMap(frame -> IpPacket.of(frame.packet()));
    if (packet.isEmpty()) {
      return;
    }
    if (own.contains(packet.get().source())) {
      from++;
      if (!own.contains(packet.get().target()) && leaves(packet.get().target())) {
        sent(micros, packet.get());
      }
    } else if (own.contains(packet.get().target())) {
      came(packet.get());
    } else if (packet.get().target().isMulticastAddress()) {
      asksAll(packet.get());
    }
  }

  /** Who asks a group, as discovery does, is answered at the port that it asked from. */
  private void asksAll(IpPacket packet) {
    ByteBuffer inside = packet.payload();
    if (packet.protocol() == IpPacket.UDP && !packet.fragment() && inside.limit() >= 8) {
      hear(new Pair(IpPacket.UDP, packet.source(), port(inside, 0), ANY));
    }
  }

  private static boolean leaves(InetAddress target) {
    byte[] raw = target.getAddress();
    boolean broadcast =
        raw.length == 4
            && raw[3] == -1
            && (raw[0] == -1 || target.isSiteLocalAddress() || target.isLinkLocalAddress());
    return !target.isMulticastAddress() && !target.isAnyLocalAddress() && !broadcast;
  }

  private void sent(long micros, IpPacket packet) {
    ByteBuffer inside = packet.payload();
    boolean ports = !packet.fragment() && inside.limit() >= 8;
    switch (packet.protocol()) {
      case IpPacket.TCP -> {
        if (ports && inside.limit() >= 14) {
          sentTcp(micros, packet);
        } else {
          tally(micros, packet, 0, true);
        }
      }
      case IpPacket.UDP -> {
        if (ports) {
          sentUdp(micros, packet);
        } else {
          tally(micros, packet, 0, true);
        }
      }
      case IpPacket.ICMP -> {
        if (inside.limit() > 0 && inside.get(0) == 8) {
          tally(micros, packet, 0, true);
        }
      }
      case IpPacket.ICMPV6 -> {
        if (inside.limit() > 0 && (inside.get(0) & 0xff) == 128) {
          tally(micros, packet, 0, true);
        }
      }
      default -> tally(micros, packet, 0, true);
    }
  }

  private void sentTcp(long micros, IpPacket packet) {
    ByteBuffer tcp = packet.payload();
    Pair pair = pair(packet, port(tcp, 2), port(tcp, 0));
    int flags = tcp.get(13);
    boolean begins = (flags & (SYN | ACK)) == SYN;
    if (heard.contains(pair) && !begins) {
      return;
    }
    boolean underWay = !talks.containsKey(pair) && !begins;
    if (underWay && ((flags & SYN) != 0 || pair.port() >= 1024 && pair.port() > pair.own())) {
      // An answer to whoever began, by its SYN or by where it comes from.
      return;
    }
    Optional<Tally> tally = tally(micros, packet, pair.port(), !underWay);
    if (tally.isPresent()) {
      talk(pair, tally.get(), begins, tcp.getInt(4))
          .ifPresent(talk -> talk.out(tcp, packet.length()));
    }
  }

  /** The conversation that a packet belongs to; a SYN with another number begins a new one. */
  private Optional<Talk> talk(Pair pair, Tally tally, boolean begins, int sequence) {
    Talk there = talks.get(pair);
    if (there != null && !(begins && there.begunAgain(sequence))) {
      return Optional.of(there);
    }
    if (there == null && talks.size() >= HEARD_MAX) {
      overflow++;
      return Optional.empty();
    }
    if (there != null) {
      there.close();
    }
    if (open.size() >= TALKS_MAX) {
      open.forEach(Talk::close);
      open.clear();
    }
    Talk talk = new Talk(tally, sequence);
    talks.put(pair, talk);
    open.add(talk);
    tally.conversation();
    return Optional.of(talk);
  }

  private void sentUdp(long micros, IpPacket packet) {
    ByteBuffer udp = packet.payload();
    Pair pair = pair(packet, port(udp, 2), port(udp, 0));
    boolean asked =
        heard.contains(pair)
            || heard.contains(new Pair(IpPacket.UDP, pair.address(), pair.port(), ANY));
    if (asked || peers.contains(pair.address())) {
      return;
    }
    ByteBuffer inside = udp.slice(8, udp.limit() - 8);
    tally(micros, packet, pair.port(), true)
        .ifPresent(t -> t.opened(Opening.ofUdp(inside, pair.port())));
    if (pair.port() == DNS) {
      DnsMessage.of(inside).ifPresent(this::asks);
    }
  }

  private void asks(DnsMessage message) {
    for (String name : message.names()) {
      if (asked.size() < NAMES_MAX) {
        asked.add(name);
      } else if (!asked.contains(name)) {
        overflow++;
      }
    }
  }

  private void came(IpPacket packet) {
    ByteBuffer inside = packet.payload();
    if (packet.fragment() || inside.limit() < 8) {
      return;
    }
    Pair pair = pair(packet.protocol(), packet.source(), port(inside, 0), port(inside, 2));
    Place place = new Place(packet.protocol(), packet.source(), pair.port());
    Tally tally = places.get(place);
    if (packet.protocol() == IpPacket.TCP && inside.limit() >= 14) {
      if ((inside.get(13) & (SYN | ACK)) == SYN) {
        hear(pair);
        peers.add(packet.source());
      }
      Talk talk = talks.get(pair);
      if (talk != null && tally != null) {
        talk.in(inside);
        tally.came(packet.length() - (inside.get(12) >> 4 & 0xf) * 4L);
      }
    } else if (packet.protocol() == IpPacket.UDP) {
      if (tally == null) {
        hear(pair);
      } else {
        tally.came(packet.length() - 8L);
        if (pair.port() == DNS) {
          DnsMessage.of(inside.slice(8, inside.limit() - 8)).ifPresent(this::answered);
        }
      }
    }
  }

  private void hear(Pair pair) {
    if (heard.size() < HEARD_MAX) {
      heard.add(pair);
    } else {
      overflow++;
    }
  }

  /** Only what the subject asked for: an answer that nobody asked for names nothing. */
  private void answered(DnsMessage message) {
    if (!message.answer() || !asked.containsAll(message.names())) {
      return;
    }
    for (InetAddress address : message.addresses()) {
      if (names >= NAMES_MAX) {
        overflow++;
        return;
      }
      if (looked.computeIfAbsent(address, a -> new TreeSet<>()).addAll(message.names())) {
        names++;
      }
    }
  }

  private Optional<Tally> tally(long micros, IpPacket packet, int port, boolean began) {
    Place place = new Place(packet.protocol(), packet.target(), port);
    Tally tally = places.get(place);
    if (tally == null) {
      if (places.size() >= PLACES_MAX) {
        overflow++;
        return Optional.empty();
      }
      tally = new Tally(micros);
      places.put(place, tally);
    }
    tally.sent(micros, Math.max(0, packet.length() - head(packet)), began);
    return Optional.of(tally);
  }

  private static long head(IpPacket packet) {
    ByteBuffer inside = packet.payload();
    if (packet.fragment()) {
      return 0;
    }
    return switch (packet.protocol()) {
      case IpPacket.TCP -> inside.limit() > 12 ? (inside.get(12) >> 4 & 0xf) * 4L : 0;
      case IpPacket.UDP -> 8;
      default -> 0;
    };
  }

  private static Pair pair(IpPacket packet, int port, int own) {
    return pair(packet.protocol(), packet.target(), port, own);
  }

  private static Pair pair(int protocol, InetAddress address, int port, int own) {
    return new Pair(protocol, address, port, own);
  }

  private static int port(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xffff;
  }

  /** All of it. */
  Traffic seen(boolean whole) {
    talks.values().forEach(Talk::close);
    List<Destination> destinations = new ArrayList<>();
    places.forEach(
        (place, tally) ->
            destinations.add(
                tally.destination(
                    transport(place.protocol()),
                    place.address(),
                    place.port(),
                    looked.getOrDefault(place.address(), Set.of()))));
    return new Traffic(
        packets,
        from,
        own,
        destinations,
        asked,
        peers.size(),
        instant(packets == 0 ? 0 : firstMicros),
        instant(lastMicros),
        whole && overflow == 0,
        overflow);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static String transport(int protocol) {
    return switch (protocol) {
      case IpPacket.TCP -> "tcp";
      case IpPacket.UDP -> "udp";
      case IpPacket.ICMP, IpPacket.ICMPV6 -> "icmp";
      default -> "ip-" + protocol;
    };
  }
}
