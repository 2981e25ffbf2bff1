// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How movement is looked for. Immutable.
 *
 * @param sensitivity 1, only large and clear movement, to 100, anything that is not noise
 * @param zones where movement counts, at most {@value #MOST_ZONES} with different names; none means
 *     everywhere
 */
public record MotionSettings(int sensitivity, List<MotionZone> zones) {
  public static final int MOST_ZONES = 16;

  /** Middle sensitivity, the whole picture. */
  public static final MotionSettings DEFAULT = new MotionSettings(50, List.of());

  private static final double LARGEST_SHARE = 0.01;
  private static final int LEAST_PIXELS = 4;

  /**
   * @throws IllegalArgumentException if the sensitivity is out of range, or there are too many
   *     zones or two of one name
   */
  public MotionSettings {
    zones = List.copyOf(zones);
    if (sensitivity < 1 || sensitivity > 100) {
      throw new IllegalArgumentException("sensitivity is 1 to 100");
    }
    Set<String> names = new HashSet<>();
    if (zones.size() > MOST_ZONES || !zones.stream().allMatch(zone -> names.add(zone.name()))) {
      throw new IllegalArgumentException("at most " + MOST_ZONES + " zones of different names");
    }
  }

  /** How far a pixel leaves the still scene to count, in steps of 256 luma levels; 10 to 40. */
  int levels() {
    return 40 - 30 * (sensitivity - 1) / 99;
  }

  /**
   * How many pixels make a movement: 1 % of the picture at sensitivity 1, 0.1 % at 51, but never
   * fewer than 4.
   */
  int pixels(int ofPicture) {
    double share = LARGEST_SHARE * Math.pow(10, -(sensitivity - 1) / 50.0);
    return Math.max(LEAST_PIXELS, (int) Math.round(share * ofPicture));
  }
}
