// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.Serial;
import java.util.Locale;

/** Something in a stored or exported log is not as the camera wrote it. */
public final class AuditFaultException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** A segment's header is damaged or of another log. */
    BAD_HEADER,
    /** A record was changed, moved or sealed under another key. */
    RECORD_CHANGED,
    /** A record authenticates but cannot be read. */
    BAD_RECORD,
    /** A sequence number is missing or comes twice. */
    OUT_OF_ORDER,
    /** The hash of what came before does not fit. */
    CHAIN_BROKEN,
    /** The chain ends before the last record that the camera noted. */
    TRUNCATED,
    /** A segment between the oldest kept and the newest is gone. */
    SEGMENT_MISSING,
    /** The note of the chains' ends is gone, or all of the log. */
    HEAD_MISSING,
    /** The note of the chains' ends was changed. */
    HEAD_CHANGED,
    /** A checkpoint's signature is not the device's. */
    WRONG_SIGNATURE,
    /** The log does not contain a state that was seen earlier. */
    ROLLED_BACK,
    /** An export has no checkpoint, so nothing in it is signed. */
    UNSIGNED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  AuditFaultException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  AuditFaultException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
