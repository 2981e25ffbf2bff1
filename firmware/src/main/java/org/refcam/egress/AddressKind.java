// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where an address can lie, by the special-purpose registries of RFC 6890. IPv6 addresses that
 * carry an IPv4 address (RFC 6052's well-known prefix, 6to4) are judged by that one.
 */
public enum AddressKind {
  /** Reached over the internet. */
  PUBLIC,
  /** This machine, its link, a private network or a carrier's (RFC 6598). */
  LOCAL,
  /** No unicast destination: multicast, unspecified, broadcast, documentation, reserved. */
  NEVER;

  public static AddressKind of(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return NEVER;
    }
    if (address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()) {
      return LOCAL;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? ipv4(bytes) : ipv6(bytes);
  }

  private static AddressKind ipv4(byte[] b) {
    int first = b[0] & 0xFF;
    int second = b[1] & 0xFF;
    int third = b[2] & 0xFF;
    if (first == 100 && second >= 64 && second < 128) {
      return LOCAL;
    }
    boolean benchmark = first == 198 && (second == 18 || second == 19);
    boolean protocol = first == 192 && second == 0 && (third == 0 || third == 2);
    boolean documentation =
        (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113);
    return first == 0 || first >= 240 || benchmark || protocol || documentation ? NEVER : PUBLIC;
  }

  private static AddressKind ipv6(byte[] b) {
    int top = (b[0] & 0xFF) << 8 | (b[1] & 0xFF);
    if ((top & 0xFE00) == 0xFC00) {
      return LOCAL; // RFC 4193
    }
    boolean nat64 = top == 0x64 && b[2] == (byte) 0xFF && b[3] == (byte) 0x9B && zero(b, 4, 12);
    if (nat64) {
      return embedded(Arrays.copyOfRange(b, 12, 16));
    }
    if (top == 0x2002) {
      return embedded(Arrays.copyOfRange(b, 2, 6));
    }
    boolean documentation = top == 0x2001 && b[2] == 0x0D && b[3] == (byte) 0xB8;
    boolean tunnelled = top == 0x2001 && b[2] == 0 && b[3] == 0; // Teredo
    boolean globalUnicast = (top & 0xE000) == 0x2000;
    return globalUnicast && !documentation && !tunnelled ? PUBLIC : NEVER;
  }

  private static AddressKind embedded(byte[] ipv4) {
    try {
      return of(InetAddress.getByAddress(ipv4));
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  private static boolean zero(byte[] bytes, int from, int to) {
    boolean zero = true;
    for (int i = from; i < to; i++) {
      zero &= bytes[i] == 0;
    }
    return zero;
  }
}
