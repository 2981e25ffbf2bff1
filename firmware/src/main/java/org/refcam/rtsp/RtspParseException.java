// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.io.Serial;

/** Bytes that are no RTSP; the connection cannot be read on after them. */
public final class RtspParseException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What was wrong. */
  public enum Reason {
    /** The first line is not "METHOD URI RTSP/1.0". */
    BAD_REQUEST_LINE,
    /** A version other than 1.0. */
    BAD_VERSION,
    /** A header without a colon, with a control character, or folded. */
    BAD_HEADER,
    /** More bytes or lines of headers than the camera reads. */
    HEADERS_TOO_LARGE,
    /** A Content-Length that is no number, given twice, or too large. */
    BAD_LENGTH
  }

  private final Reason reason;

  RtspParseException(Reason reason, String detail) {
    super(reason + ": " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
