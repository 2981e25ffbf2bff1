// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.refcam.assess.egress.CaptureException.Reason;

/**
 * What carries an IP packet on a link: Ethernet with VLAN tags and PPPoE, Linux' cooked captures,
 * raw IP, BSD's loopback. Source: the link types of the tcpdump group; IEEE 802.1Q; RFC 2516.
 * Immutable.
 *
 * @param sender hardware address in hexadecimal, where the link has one
 * @param packet from the first byte of the IP header, big endian
 */
record Frame(Optional<String> sender, ByteBuffer packet) {
  private static final int ETHERNET = 1;
  private static final int COOKED = 113;
  private static final int COOKED_2 = 276;

  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86dd;
  private static final int PPPOE = 0x8864;
  private static final int PPP_IPV4 = 0x0021;
  private static final int PPP_IPV6 = 0x0057;

  /** A VLAN inside a VLAN inside a VLAN is the most that anybody uses. */
  private static final int TAGS_MAX = 3;

  /**
   * Unwraps; empty if no IP is inside, or too little was captured.
   *
   * @throws CaptureException LINK_TYPE if the link is none of these
   */
  static Optional<Frame> of(int link, ByteBuffer bytes) throws CaptureException {
    return switch (link) {
      case ETHERNET -> ethernet(bytes);
      case COOKED -> cooked(bytes, 14, 16, 6);
      case COOKED_2 -> cooked(bytes, 0, 20, 12);
      case 12, 14, 101, 228, 229 -> raw(bytes, 0);
      case 0, 108 -> raw(bytes, 4);
      default ->
          throw new CaptureException(
              Reason.LINK_TYPE, 0, "link type " + link + " is not read: capture on Ethernet");
    };
  }

  private static Optional<Frame> raw(ByteBuffer bytes, int at) {
    return bytes.limit() <= at
        ? Optional.empty()
        : Optional.of(new Frame(Optional.empty(), from(bytes, at)));
  }

  private static Optional<Frame> ethernet(ByteBuffer bytes) {
    return bytes.limit() < 14 ? Optional.empty() : typed(bytes, 12, 14, mac(bytes, 6));
  }

  private static Optional<Frame> cooked(ByteBuffer bytes, int typeAt, int payload, int macAt) {
    return bytes.limit() < payload
        ? Optional.empty()
        : typed(bytes, typeAt, payload, mac(bytes, macAt));
  }

  private static Optional<Frame> typed(ByteBuffer bytes, int typeAt, int payload, String sender) {
    int type = bytes.getShort(typeAt) & 0xffff;
    int at = payload;
    for (int tags = 0; tags < TAGS_MAX && (type == 0x8100 || type == 0x88a8); tags++) {
      if (bytes.limit() < at + 4) {
        return Optional.empty();
      }
      type = bytes.getShort(at + 2) & 0xffff;
      at += 4;
    }
    if (type == PPPOE && bytes.limit() >= at + 8) {
      int inside = bytes.getShort(at + 6) & 0xffff;
      type = inside == PPP_IPV4 ? IPV4 : inside == PPP_IPV6 ? IPV6 : 0;
      at += 8;
    }
    return type == IPV4 || type == IPV6
        ? Optional.of(new Frame(Optional.of(sender), from(bytes, at)))
        : Optional.empty();
  }

  private static ByteBuffer from(ByteBuffer bytes, int at) {
    return bytes.slice(at, bytes.limit() - at);
  }

  private static String mac(ByteBuffer bytes, int at) {
    byte[] address = new byte[6];
    bytes.get(at, address);
    return HexFormat.of().formatHex(address);
  }
}
