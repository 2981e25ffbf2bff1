// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names and origins are this camera's own. */
final class Origins {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[?[0-9a-f:.%]*:[0-9a-z:.%]*]?");

  private Origins() {}

  /**
   * Whether a browser sends this from the camera's own page. A program sends neither header and
   * passes: it has no other site's page to be tricked by.
   *
   * @param origin the Origin header
   * @param site the Sec-Fetch-Site header
   * @param host the Host header
   */
  static boolean isOwn(@Nullable String origin, @Nullable String site, @Nullable String host) {
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return false;
    }
    return origin == null || (host != null && origin.equalsIgnoreCase("https://" + host));
  }

  /**
   * Whether a name in the Host header may mean this camera; refuses names that somebody else's DNS
   * points here (DNS rebinding).
   *
   * @param name without port
   */
  static boolean isOwnName(@Nullable String name, Set<String> configured) {
    if (name == null) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("localhost")
        || lower.endsWith(".local")
        || IPV4.matcher(lower).matches()
        || IPV6.matcher(lower).matches()
        || configured.contains(lower);
  }
}
