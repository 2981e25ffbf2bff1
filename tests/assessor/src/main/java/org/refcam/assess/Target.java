// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The host that the user named: a name, an address, or a URL.
 *
 * @param addresses of the name, the first is used
 * @param port of the URL, or -1
 */
record Target(List<InetAddress> addresses, int port) {
  /** What cannot be understood. */
  static final class BadTargetException extends Exception {
    private static final long serialVersionUID = 1L;

    BadTargetException(String message) {
      super(message);
    }
  }

  static Target parse(String text) throws BadTargetException {
    String url =
        text.contains("://") ? text : "any://" + (isBareV6(text) ? "[" + text + "]" : text);
    try {
      URI uri = new URI(url);
      if (uri.getHost() == null || uri.getUserInfo() != null) {
        throw new BadTargetException(text + " is no host, address or URL without a password in it");
      }
      return new Target(
          List.copyOf(Arrays.asList(InetAddress.getAllByName(uri.getHost()))), uri.getPort());
    } catch (URISyntaxException e) {
      throw new BadTargetException(text + " is no host, address or URL");
    } catch (UnknownHostException e) {
      throw new BadTargetException("no address is known for " + text);
    }
  }

  /**
   * The first address of the other family than the one that is used, if the name has one: many
   * cameras answer to both, and not always alike.
   */
  Optional<InetAddress> otherFamily() {
    int length = addresses.get(0).getAddress().length;
    return addresses.stream().filter(a -> a.getAddress().length != length).findFirst();
  }

  /** The addresses of the name that no packet goes to; empty if there are none. */
  Optional<String> notLookedAt(Optional<InetAddress> other) {
    List<String> left =
        addresses.stream()
            .skip(1)
            .filter(a -> other.isEmpty() || !a.equals(other.get()))
            .map(InetAddress::getHostAddress)
            .toList();
    return left.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", left));
  }

  private static boolean isBareV6(String text) {
    return text.chars().filter(c -> c == ':').count() > 1 && !text.startsWith("[");
  }

  /** Ports from "80,443,8000-8100". */
  static List<Integer> ports(String list) throws BadTargetException {
    List<Integer> ports = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      if (!part.strip().matches("\\d{1,5}(-\\d{1,5})?")) {
        throw new BadTargetException(part + " is no port and no range of ports");
      }
      String[] ends = part.strip().split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (from < 1 || to > 65535 || from > to) {
        throw new BadTargetException(part + " is not within 1-65535");
      }
      for (int port = from; port <= to; port++) {
        ports.add(port);
      }
    }
    return ports;
  }
}
