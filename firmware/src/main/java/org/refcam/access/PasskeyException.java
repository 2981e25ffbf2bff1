// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.io.Serial;

/** What a browser sent about a passkey does not prove what it should. */
public final class PasskeyException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    MALFORMED,
    /** Not the answer to a challenge of this camera, or too late, or a second time. */
    WRONG_CHALLENGE,
    /** Made for another page or another name. */
    WRONG_ORIGIN,
    /** The person was not there, or did not prove to the authenticator who they are. */
    NOT_VERIFIED,
    /** Not a P-256 key in the form that CTAP2 prescribes. */
    UNSUPPORTED_KEY,
    BAD_SIGNATURE,
    /** The counter went back: the authenticator was copied. */
    COPIED
  }

  private final Reason reason;

  PasskeyException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  PasskeyException(Reason reason, Throwable cause) {
    super(reason.name(), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
