// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code Digest a="b", c=d}: names in lower case, quotes and backslashes removed. */
final class DigestHeader {
  private DigestHeader() {}

  /** Empty if it is no Digest header, too long, malformed, or names a field twice. */
  static Optional<Map<String, String>> parse(String header, int mostLetters) {
    if (header.length() > mostLetters || !header.regionMatches(true, 0, "Digest ", 0, 7)) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    int at = 7;
    while (at < header.length()) {
      char c = header.charAt(at);
      if (c == ' ' || c == ',' || c == '\t') {
        at++;
        continue;
      }
      int equals = header.indexOf('=', at);
      if (equals < 0) {
        return Optional.empty();
      }
      String name = header.substring(at, equals).trim().toLowerCase(Locale.ROOT);
      StringBuilder value = new StringBuilder();
      at = value(header, equals + 1, value);
      if (at < 0 || fields.put(name, value.toString()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }

  /** Where the value ends, or -1 if a quote is never closed. */
  private static int value(String header, int from, StringBuilder value) {
    int at = from;
    if (at < header.length() && header.charAt(at) == '"') {
      for (at++; at < header.length(); at++) {
        char c = header.charAt(at);
        if (c == '"') {
          return at + 1;
        }
        if (c == '\\' && at + 1 < header.length()) {
          at++;
        }
        value.append(header.charAt(at));
      }
      return -1;
    }
    while (at < header.length() && header.charAt(at) != ',') {
      value.append(header.charAt(at++));
    }
    int end = value.length();
    while (end > 0 && value.charAt(end - 1) <= ' ') {
      end--;
    }
    value.setLength(end);
    return at;
  }
}
