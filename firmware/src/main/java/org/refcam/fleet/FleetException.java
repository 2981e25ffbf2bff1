// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.io.Serial;

/** A fleet server that cannot be worked with. What runs goes on, and the server is asked again. */
public final class FleetException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an owner or operator would act on it. */
  public enum Reason {
    /** The server does not take the token or the certificate, or does not know this camera. */
    NOT_ADMITTED,
    /** The server answers with an error of its own. */
    SERVER,
    /** The server's answer is not as the interface has it. */
    MALFORMED,
    /** The server answers more than is taken. */
    TOO_LARGE,
    /** A link leads to another server, or to one in the clear. */
    FOREIGN_LINK,
    /** Another update is under way; it is tried again. */
    BUSY
  }

  private final Reason reason;

  public FleetException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public FleetException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
