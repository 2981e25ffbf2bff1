// SPDX-License-Identifier: Apache-2.0
package org.refcam.piboot;

import java.io.Serial;

/** A {@code boot.sig} that does not vouch for its {@code boot.img}. */
public final class InvalidBootSignatureException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an operator would act on it. */
  public enum Reason {
    /** Not the three lines. */
    FORMAT,
    /** The image does not have the hash of the first line. */
    HASH_MISMATCH,
    /** The given key did not sign the image. */
    SIGNATURE
  }

  private final Reason reason;

  InvalidBootSignatureException(Reason reason, String detail) {
    super("boot.sig: " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
