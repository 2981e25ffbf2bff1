// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which pixels belong to which zones, for one picture size, and how many moving ones each has.
 * Confined to one thread.
 */
final class ZoneMap {
  /** Of its eight neighbours so many have to differ too, else a pixel is a speck. */
  private static final int LEAST_NEIGHBOURS = 3;

  private final int width;
  private final int height;
  private final List<MotionZone> zones;
  private final int[] zonesOfPixel; // one bit a zone

  ZoneMap(int width, int height, List<MotionZone> zones) {
    this.width = width;
    this.height = height;
    this.zones = zones;
    zonesOfPixel = new int[width * height];
    for (int pixel = 0; pixel < zonesOfPixel.length; pixel++) {
      for (int zone = 0; zone < zones.size(); zone++) {
        if (zones.get(zone).contains(pixel % width, pixel / width, width, height)) {
          zonesOfPixel[pixel] |= 1 << zone;
        }
      }
    }
  }

  boolean fits(int otherWidth, int otherHeight) {
    return width == otherWidth && height == otherHeight;
  }

  /**
   * Moving pixels per zone, in the zones' order; without zones one number for the whole picture.
   * Pixels at the picture's edge are not looked at.
   */
  int[] moving(boolean[] different) {
    int[] counts = new int[Math.max(1, zones.size())];
    for (int row = 1; row < height - 1; row++) {
      for (int column = 1; column < width - 1; column++) {
        int pixel = row * width + column;
        if (different[pixel] && neighbours(different, pixel) >= LEAST_NEIGHBOURS) {
          count(pixel, counts);
        }
      }
    }
    return counts;
  }

  /** Names of the zones in a set of their numbers. */
  List<String> names(BitSet numbers) {
    List<String> names = new ArrayList<>();
    numbers.stream().filter(n -> n < zones.size()).forEach(n -> names.add(zones.get(n).name()));
    return names;
  }

  private void count(int pixel, int[] counts) {
    if (zones.isEmpty()) {
      counts[0]++;
    }
    for (int bits = zonesOfPixel[pixel]; bits != 0; bits &= bits - 1) {
      counts[Integer.numberOfTrailingZeros(bits)]++;
    }
  }

  private int neighbours(boolean[] different, int pixel) {
    int count = -1; // itself
    for (int line = pixel - width; line <= pixel + width; line += width) {
      for (int i = line - 1; i <= line + 1; i++) {
        count += different[i] ? 1 : 0;
      }
    }
    return count;
  }
}
