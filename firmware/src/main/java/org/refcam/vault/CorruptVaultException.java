// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;

/** The vault as a whole cannot be opened. It is left as it is, never made anew. */
public final class CorruptVaultException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the vault. */
  public enum Reason {
    /** There are recordings but the key slot is empty: erased, or a copy on another machine. */
    KEY_MISSING,
    /** There are recordings but no key table. */
    TABLE_MISSING,
    /** The key table was changed, or belongs to another key. */
    TABLE_NOT_AUTHENTIC,
    /** The key table authenticates but its contents make no sense to this version. */
    BAD_CONTENTS
  }

  private final Reason reason;

  CorruptVaultException(Reason reason) {
    super("vault: " + reason);
    this.reason = reason;
  }

  CorruptVaultException(Reason reason, Throwable cause) {
    super("vault: " + reason, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
