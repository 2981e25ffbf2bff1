// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import java.io.Serial;

/** A board file that does not say what {@code board.schema.json} asks for. */
public final class InvalidBoardException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What an engineer mends. */
  public enum Reason {
    /** Not YAML, or larger than a board file is. */
    SYNTAX,
    /** A field is not there. */
    MISSING,
    /** A field that no board has. */
    UNKNOWN_FIELD,
    /** A field of the wrong type or range. */
    BAD_VALUE
  }

  private final Reason reason;
  private final String field;
  private final int line;

  InvalidBoardException(Violation violation) {
    super("board file: " + violation);
    reason = violation.reason();
    field = violation.field();
    line = violation.line();
  }

  public Reason reason() {
    return reason;
  }

  /** Path of the field, such as {@code encoder.device}. */
  public String field() {
    return field;
  }

  /** Line of the file, from 1; 0 if it is of no line. */
  public int line() {
    return line;
  }
}
