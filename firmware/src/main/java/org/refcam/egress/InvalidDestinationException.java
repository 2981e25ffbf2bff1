// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

/** A value that a destination does not take. */
public final class InvalidDestinationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final String field;

  public InvalidDestinationException(String field) {
    super("invalid " + field);
    this.field = field;
  }

  public String field() {
    return field;
  }

  static void require(boolean valid, String field) {
    if (!valid) {
      throw new InvalidDestinationException(field);
    }
  }
}
