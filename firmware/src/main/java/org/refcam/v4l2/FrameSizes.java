// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

/**
 * Sizes of one kind ({@code VIDIOC_ENUM_FRAMESIZES}): a single one, or a range in steps. Immutable;
 * in pixels.
 */
public record FrameSizes(
    int leastWidth,
    int greatestWidth,
    int stepWidth,
    int leastHeight,
    int greatestHeight,
    int stepHeight) {

  /** From the six numbers that the native side fills; a step of 0 is taken as 1. */
  static FrameSizes parse(int[] v) {
    return new FrameSizes(v[0], v[1], Math.max(1, v[2]), v[3], v[4], Math.max(1, v[5]));
  }

  /** Whether it is one size. */
  public boolean discrete() {
    return leastWidth == greatestWidth && leastHeight == greatestHeight;
  }

  /** The greatest width within the range and the limit, on a step; 0 where none is. */
  public int widthWithin(int limit) {
    return within(limit, leastWidth, greatestWidth, stepWidth);
  }

  /** The greatest height within the range and the limit, on a step; 0 where none is. */
  public int heightWithin(int limit) {
    return within(limit, leastHeight, greatestHeight, stepHeight);
  }

  private static int within(int limit, int least, int greatest, int step) {
    int most = Math.min(limit, greatest);
    return most < least ? 0 : least + (most - least) / step * step;
  }
}
