// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.refcam.access.WeakPasswordException.Reason;

/**
 * What an owner's password must be: long, not known to every guesser, and not just a pattern. After
 * NIST SP 800-63B: length and a list of known passwords, no rules on kinds of characters.
 * Stateless.
 */
final class PasswordRules {
  static final int LENGTH_MIN = 12;
  static final int LENGTH_MAX = 128;
  static final int DISTINCT_MIN = 6;
  private static final Set<String> COMMON = common();

  private PasswordRules() {}

  /**
   * @param forbidden what stands on the camera: serial, label password
   * @throws WeakPasswordException saying which rule it breaks
   */
  static void check(char[] password, String... forbidden) throws WeakPasswordException {
    if (password.length < LENGTH_MIN) {
      throw new WeakPasswordException(Reason.TOO_SHORT);
    }
    if (password.length > LENGTH_MAX) {
      throw new WeakPasswordException(Reason.TOO_LONG);
    }
    String lower = new String(password).toLowerCase(Locale.ROOT);
    for (String word : forbidden) {
      if (!word.isEmpty() && lower.contains(word.toLowerCase(Locale.ROOT))) {
        throw new WeakPasswordException(Reason.CONTAINS_LABEL);
      }
    }
    if (lower.chars().distinct().count() < DISTINCT_MIN || isRun(lower)) {
      throw new WeakPasswordException(Reason.PATTERN);
    }
    if (isCommon(lower)) {
      throw new WeakPasswordException(Reason.COMMON);
    }
  }

  /** How many known passwords are refused. */
  static int known() {
    return COMMON.size();
  }

  /** A known password as it is, or twice, or with digits and signs hung on. */
  private static boolean isCommon(String lower) {
    String letters = lower.replaceAll("[^\\p{L}]+$", "").replaceAll("^[^\\p{L}]+", "");
    String half = lower.substring(0, lower.length() / 2);
    boolean doubled = lower.equals(half + half);
    return COMMON.contains(lower) || COMMON.contains(letters) || doubled && COMMON.contains(half);
  }

  /** Each character is the neighbour of the one before, as in 123456789012 or abcdefghijkl. */
  private static boolean isRun(String text) {
    int steps = 0;
    for (int i = 1; i < text.length(); i++) {
      int step = Math.abs(text.charAt(i) - text.charAt(i - 1));
      steps += step == 1 || step == 9 ? 1 : 0;
    }
    return steps >= text.length() - 2;
  }

  private static Set<String> common() {
    InputStream resource =
        Objects.requireNonNull(PasswordRules.class.getResourceAsStream("common-passwords.txt"));
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return in.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
