// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

/**
 * A rectangle of the picture in which movement counts, in fractions of the picture from its upper
 * left corner. Immutable.
 *
 * @param name what the owner calls it, 1 to 32 characters
 * @param x 0 to 1
 * @param y 0 to 1
 * @param width above 0; {@code x + width} at most 1
 * @param height above 0; {@code y + height} at most 1
 */
public record MotionZone(String name, double x, double y, double width, double height) {
  private static final int LONGEST_NAME = 32;

  /** 1, and room for the rounding of a sum. */
  private static final double FULL = 1 + 1e-9;

  /**
   * @throws IllegalArgumentException if the rectangle leaves the picture or has no area, or the
   *     name is empty, too long or has control characters
   */
  public MotionZone {
    boolean inside =
        x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= FULL && y + height <= FULL;
    if (!inside) {
      throw new IllegalArgumentException("a zone lies inside the picture");
    }
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a zone has a name of 1 to 32 characters");
    }
  }

  /** Whether the middle of a pixel lies in the zone. */
  boolean contains(int column, int row, int columns, int rows) {
    double middleX = (column + 0.5) / columns;
    double middleY = (row + 0.5) / rows;
    return middleX >= x && middleX < x + width && middleY >= y && middleY < y + height;
  }
}
