// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of versions: runs of digits by value, other runs by their letters; separators count for
 * nothing; one that only goes on longer is newer, unless it goes on with {@code -} (1.2-rc1 is
 * older than 1.2).
 */
final class Version {
  private static final Pattern PART = Pattern.compile("(-?)(?:([0-9]+)|([A-Za-z]+))");

  private Version() {}

  static boolean isNewer(String candidate, String than) {
    return compare(candidate, than) > 0;
  }

  /** As {@link java.util.Comparator#compare}. */
  static int compare(String a, String b) {
    Matcher left = PART.matcher(a);
    Matcher right = PART.matcher(b);
    while (true) {
      boolean more = left.find();
      boolean other = right.find();
      if (!more || !other) {
        return more ? end(left) : other ? -end(right) : 0;
      }
      int order = part(left, right);
      if (order != 0) {
        return order;
      }
    }
  }

  private static int end(Matcher rest) {
    return rest.group(1).isEmpty() ? 1 : -1;
  }

  private static int part(Matcher left, Matcher right) {
    int preRelease = right.group(1).length() - left.group(1).length();
    if (preRelease != 0) {
      return preRelease;
    }
    String a = left.group(2);
    String b = right.group(2);
    if (a != null && b != null) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    if (a != null || b != null) {
      return a != null ? 1 : -1;
    }
    return left.group(3).compareTo(right.group(3));
  }
}
