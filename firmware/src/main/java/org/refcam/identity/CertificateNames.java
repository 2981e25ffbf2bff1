// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names under which a camera is reached: DNS names and address literals, as its operational
 * certificate carries them. Immutable.
 *
 * @param dns lower case
 * @param addresses literals without scope
 */
public record CertificateNames(Set<String> dns, Set<String> addresses) {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;

  public CertificateNames {
    dns = Set.copyOf(dns);
    addresses = Set.copyOf(addresses);
  }

  /** The camera's own host name, localhost, both loopback addresses, and those given. */
  public static CertificateNames of(String serial, Collection<InetAddress> current) {
    Set<String> addresses = new TreeSet<>(List.of("127.0.0.1", "0:0:0:0:0:0:0:1"));
    for (InetAddress address : current) {
      if (!address.isAnyLocalAddress() && !address.isLinkLocalAddress()) {
        addresses.add(literal(address));
      }
    }
    return new CertificateNames(Set.of(hostName(serial), "localhost"), addresses);
  }

  /** {@code refcam-SERIAL.local}, as it is announced by multicast DNS. */
  public static String hostName(String serial) {
    return "refcam-" + serial.toLowerCase(Locale.ROOT) + ".local";
  }

  /** Whether the certificate holds every one of these names. */
  boolean coveredBy(X509Certificate certificate) {
    Set<String> found = new TreeSet<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          int type = (Integer) name.get(0);
          if (type == DNS) {
            found.add(((String) name.get(1)).toLowerCase(Locale.ROOT));
          } else if (type == ADDRESS) {
            found.add(literal(InetAddress.getByName((String) name.get(1))));
          }
        }
      }
    } catch (CertificateParsingException | UnknownHostException e) {
      return false; // names that cannot be read cover nothing
    }
    return found.containsAll(dns) && found.containsAll(addresses);
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
