// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of an address (RFC 6454): what a secret is bound to. Immutable.
 *
 * @param host an IPv6 address without brackets
 */
record Origin(String scheme, String host, int port) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  static Origin of(URI uri) {
    return new Origin(scheme(uri), host(uri), port(uri));
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  static String host(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost();
    return host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  static int port(URI uri) {
    int usual = scheme(uri).equals("http") ? HTTP : HTTPS;
    return uri.getPort() < 0 ? usual : uri.getPort();
  }
}
