// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.Serial;

/** A list for the kernel that is not loaded. */
public final class InvalidFirewallListException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Reason {
    /** More bytes or lines than a list may have. */
    TOO_LONG,
    /** A line that is not {@code ADDRESS PORT}. */
    NOT_A_LINE,
    /**
     * An address to which nothing of the owner's goes: the machine itself, everybody, or nobody.
     */
    NOT_A_DESTINATION
  }

  private final Reason reason;

  InvalidFirewallListException(Reason reason, int line) {
    super(reason + " in line " + line);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
