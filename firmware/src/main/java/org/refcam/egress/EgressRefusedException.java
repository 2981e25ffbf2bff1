// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.IOException;

/** The camera's own policy stands against a connection; trying again does not help. */
public final class EgressRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the owner would have to change. */
  public enum Reason {
    /** No such destination was declared for this purpose. */
    NOT_ALLOWED("the owner has not allowed this destination"),
    /** Footage or personal data, a country other than Viet Nam, and the switch is on. */
    OUTSIDE_VIET_NAM(
        "\"store in Viet Nam only\" is on, and this destination is declared elsewhere"),
    /** The name leads to this machine or a private network, and is not declared as local. */
    ADDRESS_NOT_PUBLIC("the name leads to a private address, and the destination is not local"),
    /** The destination is declared as local, but its name leads to the internet. */
    ADDRESS_NOT_LOCAL("the name leads to a public address, and the destination is declared local"),
    /** There are as many destinations as the camera keeps. */
    TOO_MANY("there are too many destinations");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;

  public EgressRefusedException(Reason reason) {
    super(reason.text);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
