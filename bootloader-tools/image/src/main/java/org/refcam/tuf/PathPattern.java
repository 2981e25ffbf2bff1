// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

/**
 * Shell-style patterns over target paths (4.5, PATHPATTERN): {@code *} and {@code ?} match within
 * one segment and never a {@code /}. Everything else, a {@code [} too, stands for itself. The time
 * is bounded by the product of both lengths: only the last star is ever tried again.
 */
final class PathPattern {
  private PathPattern() {}

  static boolean matches(String pattern, String path) {
    String[] patterns = pattern.split("/", -1);
    String[] segments = path.split("/", -1);
    if (patterns.length != segments.length) {
      return false;
    }
    for (int i = 0; i < patterns.length; i++) {
      if (!segmentMatches(patterns[i], segments[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean segmentMatches(String pattern, String text) {
    int p = 0;
    int star = -1;
    int retry = 0;
    int t = 0;
    while (t < text.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      if (p < pattern.length() && wanted == '*') {
        star = p++;
        retry = t;
      } else if (p < pattern.length() && (wanted == '?' || wanted == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
