// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.reach;

import java.io.IOException;

/** The run has used up what it may take of the subject; nothing more is sent. */
public final class BudgetException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What ran out. */
  public enum Reason {
    TIME,
    CONNECTIONS,
    BYTES
  }

  private final Reason reason;

  BudgetException(Reason reason) {
    super("the run's bound on " + reason.name().toLowerCase(java.util.Locale.ROOT) + " is reached");
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
