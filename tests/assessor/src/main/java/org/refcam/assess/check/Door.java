// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;

/** One way into a subject that asks for a name and a password. */
interface Door {
  /** What came of a guess. */
  enum Outcome {
    ACCEPTED,
    REFUSED,
    /** Refused without looking: too many guesses. */
    LOCKED,
    /** The subject broke off or answered something else. */
    ODD
  }

  /**
   * @param retryAfter seconds the subject asks to wait, or -1
   */
  record Attempt(Outcome outcome, int status, long retryAfter) {}

  /** As a person writes it: {@code rtsps:8322}. */
  String name();

  Attempt attempt(String user, String password) throws IOException;

  /** What an HTTP-like status means at a door. */
  static Outcome outcome(int status) {
    return switch (status) {
      case 401, 400 -> Outcome.REFUSED;
      case 403, 423, 429, 503 -> Outcome.LOCKED;
      default -> status >= 200 && status < 300 ? Outcome.ACCEPTED : Outcome.ODD;
    };
  }
}
