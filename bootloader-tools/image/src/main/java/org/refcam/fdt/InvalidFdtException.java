// SPDX-License-Identifier: Apache-2.0
package org.refcam.fdt;

import java.io.Serial;

/** Bytes that are no device tree that we read. */
public final class InvalidFdtException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an operator would act on it. */
  public enum Reason {
    /** Not a device tree, or of a version that is not compatible with 16. */
    FORMAT,
    /** A block or a field reaches beyond the bytes that are there. */
    TRUNCATED,
    /** Tokens out of order, or bytes after the end. */
    STRUCTURE,
    /** A name that is too long, empty, not ASCII, or there twice. */
    NAME,
    /** Deeper, or of more nodes and properties, than we read. */
    TOO_LARGE
  }

  private final Reason reason;

  InvalidFdtException(Reason reason, long offset, String detail) {
    super("device tree: at offset " + offset + ": " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
