// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.io.Serial;
import java.util.Locale;

/** A password that is too easy to guess. */
public final class WeakPasswordException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Which rule it breaks. */
  public enum Reason {
    TOO_SHORT,
    TOO_LONG,
    /** Known to every guesser, or built on such a word. */
    COMMON,
    /** One character over and over, or a run such as 1234. */
    PATTERN,
    /** Has the serial or the label password in it. */
    CONTAINS_LABEL;

    /** As REST names it: {@code too_short}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  WeakPasswordException(Reason reason) {
    super(reason.word());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
