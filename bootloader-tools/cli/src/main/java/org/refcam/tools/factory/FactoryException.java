// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import java.io.Serial;

/** The station refuses a device; nothing was signed or recorded for it. */
public final class FactoryException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What an operator does differently. */
  public enum Reason {
    /** The request is not PKCS#10, or too large, or lacks what an IDevID needs. */
    BAD_REQUEST,
    /** The request is not signed by the key that it asks for. */
    BAD_SIGNATURE,
    /** The key is not P-256, or the serial does not follow from it. */
    WRONG_KEY,
    /** The label is of another device, or cannot be read. */
    WRONG_LABEL,
    /** The serial is in the ledger already. */
    DUPLICATE_SERIAL,
    /** The device keeps its keys in a file. */
    DEVELOPMENT_ROOT,
    /** The device refused what it was sent. */
    DEVICE_REFUSED
  }

  private final Reason reason;

  FactoryException(Reason reason, String detail) {
    super(reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ": " + detail);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
