// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.io.Serial;

/** A change of the accounts that is not possible. */
public final class AccountException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Not 2 to 32 of a-z, 0-9, dot, hyphen and underscore, or a reserved name. */
    INVALID_NAME,
    NAME_TAKEN,
    NOT_FOUND,
    /** Nobody would be left who can govern the camera. */
    LAST_ADMINISTRATOR,
    TOO_MANY
  }

  private final Reason reason;

  AccountException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
