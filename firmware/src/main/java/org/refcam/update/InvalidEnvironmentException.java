// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.Serial;

/** Bytes that are no U-Boot environment. */
public final class InvalidEnvironmentException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** Shorter than a head and an end. */
    TOO_SHORT,
    /** The checksum is not that of the bytes: torn, or never written. */
    CHECKSUM,
    /** A variable without a name or without an end. */
    FORM,
    /** More variables or longer ones than fit. */
    TOO_LARGE,
    /** Neither copy can be used. */
    NO_COPY
  }

  private final Reason reason;

  InvalidEnvironmentException(Reason reason, String detail) {
    super("U-Boot environment: " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
