// SPDX-License-Identifier: Apache-2.0
package org.refcam.json;

import java.io.Serial;

/** Bytes that are not the JSON asked for. */
public final class InvalidJsonException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What is wrong with them. */
  public enum Reason {
    /** More bytes than the caller allows. */
    TOO_LARGE,
    /** Not JSON of RFC 8259, a name given twice, nested too deep, or something after the end. */
    SYNTAX,
    /** A field is not there. */
    MISSING,
    /** A field of the wrong type or range. */
    BAD_VALUE
  }

  private final Reason reason;
  private final String path;

  /**
   * @param path where, such as {@code signed.roles.root}; {@code $} is the whole
   */
  public InvalidJsonException(Reason reason, String path, String detail) {
    super("json: " + path + ": " + detail);
    this.reason = reason;
    this.path = path;
  }

  public Reason reason() {
    return reason;
  }

  public String path() {
    return path;
  }
}
