// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import org.refcam.media.FrameRate;

/**
 * Frame rates at one size ({@code VIDIOC_ENUM_FRAMEINTERVALS}), turned from seconds a picture to
 * pictures a second. Immutable.
 *
 * @param fastest equal to {@code slowest} when the driver lists single rates
 */
public record FrameIntervals(FrameRate fastest, FrameRate slowest) {

  /** From shortest and longest interval, each a fraction of seconds; zeroes are taken as 1. */
  static FrameIntervals parse(int[] v) {
    return new FrameIntervals(rate(v[0], v[1]), rate(v[2], v[3]));
  }

  private static FrameRate rate(int seconds, int of) {
    return new FrameRate(Math.max(1, of), Math.max(1, seconds));
  }

  public boolean contains(FrameRate wanted) {
    return wanted.perSecond() <= fastest.perSecond() + 1e-3
        && wanted.perSecond() >= slowest.perSecond() - 1e-3;
  }
}
