// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.refcam.egress.Egress.Listed;
import org.refcam.egress.InvalidFirewallListException.Reason;

/**
 * Where the kernel lets the camera's user send over TCP, beside what the image's ruleset says: what
 * the sandboxed camera hands to the service that may change the ruleset. Immutable.
 *
 * <pre>
 *   192.0.2.7 443            one line each: a literal address, a space, a port
 *   2001:db8:0:0:0:0:0:7 6514
 * </pre>
 *
 * <p>INV-EGRESS-5. Of the kernel's ruleset a list changes two sets of addresses and ports and
 * nothing else, and only a list that is valid to its last byte: at most {@value #ENTRIES_MAX}
 * entries, of the camera's user, of TCP. Holds against mistakes in every feature that sends, and
 * for whatever bytes the file has. Does not hold against code that runs in the camera's process,
 * which may list what it likes.
 *
 * @param lines as drawn, sorted
 */
public record FirewallList(SortedSet<String> lines) {
  static final int ENTRIES_MAX = 64;
  private static final int BYTES_MAX = 4096;

  private static final Pattern LINE = Pattern.compile("([0-9a-f.:]{2,39}) ([1-9][0-9]{0,4})");
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final int PORT_MAX = 65535;
  private static final int OCTET_MAX = 255;

  public FirewallList {
    lines = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(lines));
    if (lines.size() > ENTRIES_MAX) {
      throw new IllegalArgumentException(lines.size() + " entries");
    }
  }

  /**
   * The addresses that a policy's destinations have now. What the policy objects to, and what has
   * no usable address, is left out; so is what is beyond {@value #ENTRIES_MAX} entries.
   */
  public static FirewallList of(List<Listed> listed, NftablesRules.Addresses addresses) {
    SortedSet<String> lines = new TreeSet<>();
    for (Listed one : listed) {
      if (one.objection().isEmpty()) {
        for (InetAddress address : now(one.destination(), addresses)) {
          String line = literal(address) + " " + one.destination().port();
          if (isDestination(address) && lines.size() < ENTRIES_MAX) {
            lines.add(line);
          }
        }
      }
    }
    return new FirewallList(lines);
  }

  private static List<InetAddress> now(Destination to, NftablesRules.Addresses addresses) {
    try {
      return addresses.of(to);
    } catch (IOException e) {
      return List.of(); // no answer of the name service now; the list is made again soon
    }
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  /**
   * Reads a list; no name is looked up.
   *
   * @throws InvalidFirewallListException TOO_LONG, NOT_A_LINE, NOT_A_DESTINATION
   */
  public static FirewallList parse(byte[] bytes) throws InvalidFirewallListException {
    if (bytes.length > BYTES_MAX) {
      throw new InvalidFirewallListException(Reason.TOO_LONG, 1);
    }
    SortedSet<String> lines = new TreeSet<>();
    int number = 0;
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      number++;
      if (!line.isEmpty()) {
        lines.add(checked(line, number));
      }
    }
    if (lines.size() > ENTRIES_MAX) {
      throw new InvalidFirewallListException(Reason.TOO_LONG, number);
    }
    return new FirewallList(lines);
  }

  private static String checked(String line, int number) throws InvalidFirewallListException {
    var found = LINE.matcher(line);
    if (!found.matches() || Integer.parseInt(found.group(2)) > PORT_MAX) {
      throw new InvalidFirewallListException(Reason.NOT_A_LINE, number);
    }
    String text = found.group(1);
    try {
      if (!text.contains(":") && !isIpv4(text)) {
        throw new InvalidFirewallListException(Reason.NOT_A_LINE, number);
      }
      InetAddress address = InetAddress.getByName(text); // a literal: nobody is asked
      if (address instanceof Inet4Address == text.contains(":")) {
        throw new InvalidFirewallListException(Reason.NOT_A_LINE, number);
      }
      if (!isDestination(address)) {
        throw new InvalidFirewallListException(Reason.NOT_A_DESTINATION, number);
      }
      return literal(address) + " " + found.group(2);
    } catch (UnknownHostException e) {
      throw new InvalidFirewallListException(Reason.NOT_A_LINE, number);
    }
  }

  private static boolean isIpv4(String text) {
    String[] octets = text.split("\\.", -1);
    boolean good = octets.length == 4;
    for (int i = 0; good && i < octets.length; i++) {
      good = OCTET.matcher(octets[i]).matches() && Integer.parseInt(octets[i]) <= OCTET_MAX;
    }
    return good;
  }

  private static boolean isDestination(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean broadcast = bytes.length == 4 && bytes[0] == -1 && bytes[3] == -1;
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress()
        && !broadcast;
  }

  /** The lines of the list's file. */
  public byte[] encode() {
    return String.join("", lines.stream().map(line -> line + "\n").toList())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** For {@code nft -f}: the sets of {@link Firewall#services} hold these and no others. */
  public String script() {
    StringBuilder script =
        new StringBuilder(
            "flush set inet refcam_egress owner4\nflush set inet refcam_egress owner6\n");
    add(script, "owner4", lines.stream().filter(line -> !line.contains(":")).toList());
    add(script, "owner6", lines.stream().filter(line -> line.contains(":")).toList());
    return script.toString();
  }

  private static void add(StringBuilder script, String set, List<String> lines) {
    List<String> elements = new ArrayList<>();
    lines.forEach(line -> elements.add(line.replace(" ", " . ")));
    if (!elements.isEmpty()) {
      script
          .append("add element inet refcam_egress ")
          .append(set)
          .append(" { ")
          .append(String.join(", ", elements))
          .append(" }\n");
    }
  }
}
