// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.io.Serial;

/** Bytes that are no MIKEY message, or one whose keys the camera cannot use. */
public final class InvalidMikeyException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What was wrong. */
  public enum Reason {
    /** The bytes end early. */
    TRUNCATED,
    /** No initiator's message of version 1 with pre-shared keys. */
    BAD_HEADER,
    /** A payload that does not belong, too many, or none with a key. */
    BAD_PAYLOAD,
    /** A cipher, tag or key type that the camera does not have. */
    UNSUPPORTED,
    /** A key whose length does not fit its cipher. */
    BAD_KEY
  }

  private final Reason reason;

  InvalidMikeyException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  InvalidMikeyException(Reason reason, Throwable cause) {
    super(reason + ": " + cause.getMessage(), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
