// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An IP packet as far as it was captured. Source: RFC 791, RFC 8200 4. Immutable, but for the
 * buffer's position.
 *
 * @param protocol of what is inside, as IANA numbers it
 * @param fragment whether it is a later fragment, which has no ports
 * @param payload from the first byte of what is inside
 * @param length of the payload before the capture cut it
 */
record IpPacket(
    InetAddress source,
    InetAddress target,
    int protocol,
    boolean fragment,
    ByteBuffer payload,
    int length) {
  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;

  private static final int IPV6_HEAD = 40;
  private static final int EXTENSIONS_MAX = 8;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;

  /** Reads; empty if it is no IP or its header was not captured whole. */
  static Optional<IpPacket> of(ByteBuffer bytes) {
    if (bytes.limit() < 20) {
      return Optional.empty();
    }
    return switch ((bytes.get(0) & 0xf0) >> 4) {
      case 4 -> version4(bytes);
      case 6 -> version6(bytes);
      default -> Optional.empty();
    };
  }

  private static Optional<IpPacket> version4(ByteBuffer bytes) {
    int header = (bytes.get(0) & 0x0f) * 4;
    int total = bytes.getShort(2) & 0xffff;
    if (header < 20 || bytes.limit() < header) {
      return Optional.empty();
    }
    // 0 where the sender's network card fills it in later.
    int length = total == 0 ? bytes.limit() - header : Math.max(total - header, 0);
    boolean later = (bytes.getShort(6) & 0x1fff) != 0;
    return Optional.of(
        new IpPacket(
            address(bytes, 12, 4),
            address(bytes, 16, 4),
            bytes.get(9) & 0xff,
            later,
            inside(bytes, header, length),
            length));
  }

  private static Optional<IpPacket> version6(ByteBuffer bytes) {
    if (bytes.limit() < IPV6_HEAD) {
      return Optional.empty();
    }
    int end = IPV6_HEAD + (bytes.getShort(4) & 0xffff);
    int protocol = bytes.get(6) & 0xff;
    int at = IPV6_HEAD;
    boolean later = false;
    for (int i = 0; i < EXTENSIONS_MAX && extension(protocol); i++) {
      if (bytes.limit() < at + 8) {
        return Optional.empty();
      }
      int size =
          protocol == FRAGMENT
              ? 8
              : protocol == AUTHENTICATION
                  ? ((bytes.get(at + 1) & 0xff) + 2) * 4
                  : ((bytes.get(at + 1) & 0xff) + 1) * 8;
      later |= protocol == FRAGMENT && (bytes.getShort(at + 2) & 0xfff8) != 0;
      protocol = bytes.get(at) & 0xff;
      at += size;
    }
    if (bytes.limit() < at) {
      return Optional.empty();
    }
    int length = Math.max(end - at, 0);
    return Optional.of(
        new IpPacket(
            address(bytes, 8, 16),
            address(bytes, 24, 16),
            protocol,
            later,
            inside(bytes, at, length),
            length));
  }

  /** Hop by hop, routing, fragment, authentication, destination options, mobility. */
  private static boolean extension(int protocol) {
    return switch (protocol) {
      case 0, 43, FRAGMENT, AUTHENTICATION, 60, 135 -> true;
      default -> false;
    };
  }

  /** Not the padding of short Ethernet frames. */
  private static ByteBuffer inside(ByteBuffer bytes, int at, int length) {
    return bytes.slice(at, Math.min(length, bytes.limit() - at));
  }

  private static InetAddress address(ByteBuffer bytes, int at, int length) {
    byte[] raw = new byte[length];
    bytes.get(at, raw);
    try {
      return InetAddress.getByAddress(raw);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are an address", e);
    }
  }
}
