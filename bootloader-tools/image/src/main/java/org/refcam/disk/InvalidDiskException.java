// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import java.io.Serial;

/** A disk image or file system that is refused. */
public final class InvalidDiskException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an operator would act on it. */
  public enum Reason {
    /** No partition table or file system of the kind that we read. */
    FORMAT,
    /** A checksum does not fit its bytes. */
    CHECKSUM,
    /** Primary and backup table say different things. */
    BACKUP_DIFFERS,
    /** A field reaches beyond the bytes that are there, or two things overlap. */
    BOUNDS,
    /** A file's clusters run in a circle, end early, or are not allocated. */
    CHAIN,
    /** Larger than was asked to be read. */
    TOO_LARGE
  }

  private final Reason reason;

  InvalidDiskException(Reason reason, String detail) {
    super("disk: " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
