// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

/**
 * A source has delivered its last picture. Not a failure: someone unplugged it, or a file ended.
 */
public final class EndOfStreamException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a stream ended. */
  public enum Reason {
    /** The device is gone (ENODEV); it may come back. */
    UNPLUGGED,
    /** The file or pipe has no more pictures. */
    END_OF_FILE
  }

  private final Reason reason;

  public EndOfStreamException(Reason reason, String source) {
    super(source + ": " + reason);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
