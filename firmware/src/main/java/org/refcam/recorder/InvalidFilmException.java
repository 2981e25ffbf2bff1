// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;

/** A file is not a film that a camera made and nobody changed. */
public final class InvalidFilmException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Reason {
    /** Not an MP4 file, or cut off in a box. */
    NOT_A_FILM,
    /** It has no seal at its end: not exported by a camera, or cut off. */
    NO_SEAL,
    /** Its bytes are not those that were signed. */
    CHANGED,
    /** The seal's signature is not the certificate's. */
    BAD_SIGNATURE,
    /** Signed by another camera than the one asked for. */
    OTHER_CAMERA,
    /** A sealed bundle that this key does not open, or that was changed. */
    NOT_OPENED
  }

  private final Reason reason;

  InvalidFilmException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  InvalidFilmException(Reason reason, Throwable cause) {
    super(reason.name(), cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
