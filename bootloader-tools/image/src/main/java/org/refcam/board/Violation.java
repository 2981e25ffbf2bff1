// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

/**
 * One thing that a board file does not say as its schema asks.
 *
 * @param reason what to mend
 * @param field path such as {@code encoder.device} or {@code partitions[2].name}; {@code file} for
 *     all of it
 * @param line of the file, from 1; 0 if it is of no line
 * @param expected for people
 */
public record Violation(
    InvalidBoardException.Reason reason, String field, int line, String expected) {
  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + field + ": " + expected;
  }
}
