// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.io.Serial;

/** A file that is no genuine erase certificate, or not of the device that was asked for. */
public final class InvalidEraseCertificateException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Reason {
    /** Not JSON, a field is missing, or a value is out of its range. */
    NOT_A_CERTIFICATE,
    /** The same content in other bytes than the camera wrote. */
    NOT_CANONICAL,
    /** The certificates are not whole, or do not stand on each other. */
    BAD_CHAIN,
    /** The signature is not of the device's key: something was changed. */
    BAD_SIGNATURE,
    /** Serial, key or root of trust are not those of the device's certificate. */
    OTHER_DEVICE
  }

  private final Reason reason;

  InvalidEraseCertificateException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  InvalidEraseCertificateException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
