// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

/** A client cannot be made or changed as asked. */
public final class ClientException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  ClientException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why. */
  public enum Reason {
    /** Not 1 to 32 of A-Z, a-z, 0-9, dot, dash and underscore. */
    BAD_NAME,
    NAME_TAKEN,
    /** Shorter than 12 or longer than 64, or it holds the name. */
    WEAK_PASSWORD,
    UNKNOWN,
    TOO_MANY
  }
}
