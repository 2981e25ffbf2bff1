// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.io.Serial;

/** A certificate that was offered to this camera is not one for it. Nothing was installed. */
public final class CertificateRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What the issuer mends. */
  public enum Reason {
    /** Not X.509, or no certificate at all, or too many. */
    MALFORMED,
    /** It certifies another key. */
    WRONG_KEY,
    /** Its subject names another serial. */
    WRONG_SERIAL,
    /** Its subject names another level than this camera's root of trust has. */
    WRONG_ASSURANCE,
    /** A certificate of the chain is not signed by the next, or is no authority. */
    BROKEN_CHAIN,
    /** It lacks a name or address of this camera, or serverAuth. */
    WRONG_NAMES,
    /** It is not valid now. */
    NOT_VALID
  }

  private final Reason reason;

  CertificateRefusedException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
