// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.Serial;

/** A FIT image that is refused. */
public final class InvalidFitException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an operator would act on it. */
  public enum Reason {
    /** Not a device tree. */
    FORMAT,
    /** A node or property that a FIT must have is not there, or says what none may. */
    CONTENT,
    /** A configuration has no signature of a kind that we know. */
    UNSIGNED,
    /** The signature leaves out what the configuration boots. */
    NOT_COVERED,
    /** No given key made the signature over these bytes. */
    SIGNATURE,
    /** An image's bytes do not have the hash in its node. */
    HASH_MISMATCH
  }

  private final Reason reason;

  InvalidFitException(Reason reason, String detail) {
    super("FIT: " + detail);
    this.reason = reason;
  }

  InvalidFitException(Reason reason, String detail, Throwable cause) {
    super("FIT: " + detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
