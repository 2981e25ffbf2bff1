// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.Serial;

/** A UEFI program that is refused. */
public final class InvalidProgramException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an operator would act on it. */
  public enum Reason {
    /** Not a 64-bit PE program for ARM64 or x86-64. */
    FORMAT,
    /** A field leads outside of the file, or beyond what we read. */
    BOUNDS,
    /** Sections lie so that bytes of the file would escape the hash, or the memory another. */
    LAYOUT,
    /** A section that it must have is missing, or is there twice, or has no room. */
    SECTION,
    /** Nobody signed it. */
    UNSIGNED,
    /** The certificate table holds something that is no Authenticode signature with SHA-256. */
    SIGNATURE_FORMAT,
    /** It is not what was signed. */
    HASH_MISMATCH,
    /** The given key signed none of its signatures. */
    SIGNATURE
  }

  private final Reason reason;

  InvalidProgramException(Reason reason, String detail) {
    super("UEFI program: " + detail);
    this.reason = reason;
  }

  InvalidProgramException(Reason reason, String detail, Throwable cause) {
    super("UEFI program: " + detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
