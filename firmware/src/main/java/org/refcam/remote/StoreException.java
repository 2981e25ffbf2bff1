// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.io.IOException;

/** A store answered, and the answer is no. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the owner would have to do. */
  public enum Reason {
    /** Another key or password. */
    NOT_AUTHORISED,
    /** Another bucket or directory, or make it. */
    NO_SUCH_PLACE,
    /** Room. */
    FULL,
    /** Another host key, or find out who answers. */
    NOT_TRUSTED,
    /** Wait, or ask the store's operator. */
    FAILING
  }

  private final Reason reason;

  /**
   * @param detail short, of the camera's own words
   */
  public StoreException(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  public StoreException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
