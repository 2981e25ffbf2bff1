// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a board's image adds to {@link NftablesRules}: nothing comes in but to the camera's doors,
 * and of the other programs only the clock and the resolver may send, each by its own user. Two
 * sets, empty at first, take the owner's destinations ({@link FirewallList}). Stateless.
 */
public final class Firewall {
  private static final String INBOUND =
      """
      # RefCam: what may come in. Everything else is dropped.
      table inet refcam_doors
      delete table inet refcam_doors
      table inet refcam_doors {
        chain input {
          type filter hook input priority filter; policy drop;
          iifname "lo" accept
          ct state established,related accept
          ct state invalid drop
          icmp type { echo-request, destination-unreachable, time-exceeded } limit rate 20/second accept
          icmpv6 type { echo-request, destination-unreachable, packet-too-big, time-exceeded, parameter-problem } limit rate 20/second accept
          icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert, mld-listener-query } ip6 hoplimit { 1, 255 } accept
          udp sport 67 udp dport 68 accept comment "DHCP"
          udp sport 547 udp dport 546 accept comment "DHCPv6"
          tcp dport { %s } accept comment "HTTPS, RTSPS"
          udp dport %d accept comment "WS-Discovery"
          udp dport { %s } accept comment "SRTP"
          counter comment "refused"
        }
        chain forward {
          type filter hook forward priority filter; policy drop;
        }
      }
      """;

  private static final String SERVICES =
      """
      table inet refcam_egress {
        set owner4 {
          type ipv4_addr . inet_service
        }
        set owner6 {
          type ipv6_addr . inet_service
        }
        chain services {
          meta skuid "systemd-resolve" meta l4proto { tcp, udp } th dport 53 accept comment "DNS"
          meta skuid "_chrony" udp dport 123 accept comment "NTP"
          meta skuid "_chrony" tcp dport 4460 accept comment "NTS"
          meta skuid "refcam" ip daddr . tcp dport @owner4 accept comment "the owner's destinations"
          meta skuid "refcam" ip6 daddr . tcp dport @owner6 accept comment "the owner's destinations"
        }
      }
      insert rule inet refcam_egress output jump services
      """;

  private Firewall() {}

  /**
   * The table for what comes in.
   *
   * @param doors TCP ports
   * @param discovery UDP port of WS-Discovery
   * @param media UDP ports of SRTP
   */
  public static String inbound(Set<Integer> doors, int discovery, Set<Integer> media) {
    return String.format(INBOUND, list(doors), discovery, list(media));
  }

  /** Additions to the table that {@link NftablesRules} writes, to be loaded after it. */
  public static String services() {
    return SERVICES;
  }

  private static String list(Set<Integer> ports) {
    return new TreeSet<>(ports).stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
