// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.refcam.egress.Egress.Listed;

/**
 * The policy as a ruleset for nftables: a second wall, in the kernel. What the machine sends is
 * dropped unless it answers a peer that called, is part of networking itself, or goes to a
 * destination of the policy. Stateless.
 *
 * <p>Names are written as the addresses that they have now, so the ruleset is to be made again when
 * they or the policy change. The country is not in it: what the policy refuses is left out.
 */
public final class NftablesRules {
  private static final String HEAD =
      """
      # RefCam: what this camera may send. Load with: nft -f FILE
      table inet refcam_egress
      delete table inet refcam_egress
      table inet refcam_egress {
        chain output {
          type filter hook output priority filter; policy drop;
          oifname "lo" accept
          ct state established,related accept
          icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, mld2-listener-report } accept
          udp sport 68 udp dport 67 accept comment "DHCP"
          udp sport 546 udp dport 547 accept comment "DHCPv6"
          udp sport { 3702, 5353 } accept comment "WS-Discovery, mDNS"
      """;

  /** nft takes comments of 128 bytes. */
  private static final int LONGEST_ABOUT = 100;

  private NftablesRules() {}

  /**
   * @param listed what the policy lists; what it objects to is left out, with a comment
   * @param nameServers of this machine
   * @param mediaPorts UDP ports from which SRTP is sent to viewers
   */
  public static String of(
      List<Listed> listed,
      Addresses addresses,
      List<InetAddress> nameServers,
      Set<Integer> mediaPorts) {
    StringBuilder rules = new StringBuilder(HEAD);
    new TreeSet<>(mediaPorts)
        .forEach(p -> rules.append("    udp sport " + p + " accept comment \"SRTP\"\n"));
    for (InetAddress server : nameServers) {
      rules.append(
          "    "
              + match(server)
              + " meta l4proto { tcp, udp } th dport 53 accept comment \"DNS\"\n");
    }
    listed.forEach(one -> rules.append(rules(one, addresses)));
    rules.append("    counter comment \"refused\"\n  }\n}\n");
    return rules.toString();
  }

  /** The addresses of a destination, by its policy. */
  @FunctionalInterface
  public interface Addresses {
    List<InetAddress> of(Destination destination) throws IOException;
  }

  private static String rules(Listed listed, Addresses addresses) {
    Destination to = listed.destination();
    String id = to.id();
    String about = id.substring(0, Math.min(LONGEST_ABOUT, id.length())) + " in " + to.country();
    if (listed.objection().isPresent()) {
      return "    # " + about + ": " + listed.objection().get() + "\n";
    }
    List<String> lines = new ArrayList<>();
    try {
      for (InetAddress address : addresses.of(to)) {
        lines.add(
            "    "
                + match(address)
                + " tcp dport "
                + to.port()
                + " accept comment \""
                + about
                + "\"\n");
      }
    } catch (IOException e) {
      return "    # " + about + ": no usable address now\n";
    }
    return String.join("", lines);
  }

  private static String match(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    String literal = scope < 0 ? text : text.substring(0, scope);
    return (address instanceof Inet4Address ? "ip daddr " : "ip6 daddr ") + literal;
  }
}
