// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import java.util.Arrays;
import org.refcam.media.LumaPicture;

/**
 * What the scene looks like when nothing moves: per pixel a running mean and a running mean
 * deviation, both in 1/256 of a luma level.
 *
 * <p>A pixel is different when it leaves its mean by more than the asked levels and by more than
 * four times its usual deviation: so sensor noise and leaves in the wind raise the bar where they
 * are and only there. What all pixels do together (exposure, a cloud) is the median of their
 * differences and is taken out first. A pixel that differs is learnt four times slower, so that who
 * stands still is seen for some ten seconds and a parked car then belongs to the scene.
 *
 * <p>Confined to one thread.
 */
final class StillScene {
  private static final int ONE = 256;
  private static final int FIRST_LEARN_SHIFT = 3;
  private static final int LEARN_SHIFT = 4;
  private static final int LEARN_DIFFERENT_SHIFT = 6;
  private static final int LEARN_DEVIATION_SHIFT = 5;
  private static final int DEVIATIONS = 4;
  private static final int FIRST_DEVIATION = 4 * ONE;
  private static final int LARGEST_DEVIATION = 24 * ONE;
  private static final int DARKEST = -255;

  private final int[] mean;
  private final int[] deviation;
  private final boolean[] different;
  private final int[] histogram = new int[511];

  StillScene(LumaPicture first) {
    int pixels = first.width() * first.height();
    mean = new int[pixels];
    deviation = new int[pixels];
    different = new boolean[pixels];
    replace(first);
  }

  /** Forgets what was learnt and takes this picture for the still scene. */
  void replace(LumaPicture picture) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] = picture.at(i) * ONE;
    }
    Arrays.fill(deviation, FIRST_DEVIATION);
    Arrays.fill(different, false);
  }

  /**
   * Compares the picture with the scene, then learns from it.
   *
   * @param levels what a pixel has to differ by at least
   * @param learning whether the scene is new, so that every pixel is learnt fast
   * @return by how many levels the whole picture became brighter or darker
   */
  int compare(LumaPicture picture, int levels, boolean learning) {
    int shift = medianDifference(picture);
    for (int i = 0; i < mean.length; i++) {
      int off = picture.at(i) * ONE - mean[i];
      int away = Math.abs(off - shift * ONE);
      boolean differs = away > Math.max(levels * ONE, DEVIATIONS * deviation[i]);
      different[i] = differs;
      int usual = differs ? LEARN_DIFFERENT_SHIFT : LEARN_SHIFT;
      mean[i] += off >> (learning ? FIRST_LEARN_SHIFT : usual);
      int deviationShift = learning ? FIRST_LEARN_SHIFT : LEARN_DEVIATION_SHIFT;
      int grown = deviation[i] + ((away - deviation[i]) >> deviationShift);
      deviation[i] = Math.min(grown, LARGEST_DEVIATION);
    }
    return shift;
  }

  /** The result of the last comparison, row after row; read only for the caller. */
  boolean[] different() {
    return different;
  }

  private int medianDifference(LumaPicture picture) {
    Arrays.fill(histogram, 0);
    for (int i = 0; i < mean.length; i++) {
      histogram[picture.at(i) - (mean[i] >> 8) - DARKEST]++;
    }
    int below = 0;
    int bin = 0;
    while (below + histogram[bin] <= mean.length / 2) {
      below += histogram[bin++];
    }
    return bin + DARKEST;
  }
}
