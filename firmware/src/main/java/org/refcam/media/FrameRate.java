// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

/**
 * Pictures a second, as a fraction, as V4L2 and YUV4MPEG2 write it. Immutable.
 *
 * @param numerator pictures, from 1
 * @param denominator seconds, from 1
 */
public record FrameRate(int numerator, int denominator) {
  /**
   * @throws IllegalArgumentException unless both are positive
   */
  public FrameRate {
    if (numerator < 1 || denominator < 1) {
      throw new IllegalArgumentException("frame rate " + numerator + "/" + denominator);
    }
  }

  public static FrameRate of(int framesPerSecond) {
    return new FrameRate(framesPerSecond, 1);
  }

  public double perSecond() {
    return (double) numerator / denominator;
  }

  /** Time from one picture to the next, in nanoseconds, rounded down. */
  public long intervalNanos() {
    return 1_000_000_000L * denominator / numerator;
  }

  @Override
  public String toString() {
    return denominator == 1 ? Integer.toString(numerator) : numerator + "/" + denominator;
  }
}
