// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.io.IOException;
import java.io.Serial;

/** A file or pipe that is not the video it was said to be. */
public final class InvalidVideoFileException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** What whoever made the file can do about it. */
  public enum Reason {
    /** Does not begin as the format does. */
    NOT_THIS_FORMAT,
    /** A header line longer than any real one. */
    HEADER_TOO_LONG,
    /** Size or frame rate missing, or out of range. */
    BAD_PARAMETER,
    /** Chroma other than 4:2:0 with 8 bits, or interlaced. */
    UNSUPPORTED_LAYOUT,
    /** Ends inside a picture, or a picture's header is damaged. */
    DAMAGED,
    /** More than the camera will hold. */
    TOO_LARGE
  }

  private final Reason reason;

  InvalidVideoFileException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
