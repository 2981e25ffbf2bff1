// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import java.util.Random;
import org.refcam.media.LumaPicture;
import org.refcam.media.MediaTime;

/** Made-up scenes of 160x90, five pictures a second: a gradient with noise, things put into it. */
final class Scenes {
  static final int WIDTH = 160;
  static final int HEIGHT = 90;
  private static final long INTERVAL_NANOS = 200_000_000L;

  private final Random random;
  private final double noise;
  private long number;
  int brighter;

  /**
   * @param noise standard deviation in luma levels
   */
  Scenes(long seed, double noise) {
    random = new Random(seed);
    this.noise = noise;
  }

  LumaPicture still() {
    return with(0, 0, 0, 0, 0);
  }

  /** With a box that is {@code levels} brighter than the scene. */
  LumaPicture with(int x, int y, int width, int height, int levels) {
    byte[] luma = new byte[WIDTH * HEIGHT];
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        boolean inBox = column >= x && column < x + width && row >= y && row < y + height;
        double value = 40 + column / 2.0 + brighter + (inBox ? levels : 0);
        value += noise == 0 ? 0 : random.nextGaussian() * noise;
        luma[row * WIDTH + column] = (byte) Math.max(0, Math.min(255, Math.round(value)));
      }
    }
    return new LumaPicture(WIDTH, HEIGHT, luma, new MediaTime(number++ * INTERVAL_NANOS));
  }

  /** The camera gave nothing for so many pictures. */
  void skip(int pictures) {
    number += pictures;
  }
}
