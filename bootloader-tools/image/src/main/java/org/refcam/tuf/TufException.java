// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.io.Serial;

/** Metadata or a target that the specification says to refuse. What was trusted before still is. */
public final class TufException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Which rule refused it; the attack of the specification's list (1.5.2) in brackets. */
  public enum Reason {
    /** Not metadata of TUF 1.x, or of another role than was asked for. */
    MALFORMED,
    /** Fewer good signatures than the role's thresholds ask for (arbitrary software). */
    SIGNATURE_THRESHOLD,
    /** An older version than one trusted before, or a file no longer listed (rollback). */
    ROLLBACK,
    /** Another version than the role above listed (mix-and-match). */
    VERSION_MISMATCH,
    /** Other bytes than the role above listed (mix-and-match, wrong software). */
    HASH_MISMATCH,
    /** Expired at the reference time (indefinite freeze). */
    EXPIRED,
    /** More bytes than allowed (endless data). */
    TOO_LARGE,
    /** Slower than allowed (slow retrieval). */
    TOO_SLOW,
    /** A file that must be there is not. */
    UNAVAILABLE,
    /** No trusted role lists the target (extraneous dependencies end here). */
    UNKNOWN_TARGET
  }

  private final Reason reason;
  private final String role;

  TufException(Reason reason, String role, String detail) {
    super("tuf: " + role + ": " + detail);
    this.reason = reason;
    this.role = role;
  }

  TufException(Reason reason, String role, String detail, Throwable cause) {
    this(reason, role, detail);
    initCause(cause);
  }

  public Reason reason() {
    return reason;
  }

  /** The role or target that was refused. */
  public String role() {
    return role;
  }
}
