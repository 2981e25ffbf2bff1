// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import org.refcam.media.FrameRate;

/**
 * What an encoder is asked for. Immutable.
 *
 * @param width in pixels, even
 * @param height in pixels, even
 * @param frameRate nominal
 * @param bitsPerSecond target
 * @param gopFrames pictures from one IDR to the next, from 1
 * @param profile of H.264
 */
public record EncoderSettings(
    int width, int height, FrameRate frameRate, int bitsPerSecond, int gopFrames, Profile profile) {

  /** The profiles that every recorder and browser decodes. */
  public enum Profile {
    CONSTRAINED_BASELINE,
    MAIN
  }

  private static final int REFERENCE_PIXELS = 1920 * 1080;
  private static final int REFERENCE_BITS_PER_SECOND = 4_000_000;
  private static final int LEAST_BITS_PER_SECOND = 400_000;

  /**
   * @throws IllegalArgumentException if a side is odd or a number out of range
   */
  public EncoderSettings {
    if (width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "H.264 4:2:0 takes even sides, not " + width + "x" + height);
    }
    if (bitsPerSecond < 10_000 || gopFrames < 1) {
      throw new IllegalArgumentException(bitsPerSecond + " bit/s, GOP " + gopFrames);
    }
  }

  /**
   * A constrained baseline stream of this size with an IDR every two seconds. The rate follows the
   * square root of the picture's share of 1080p, because small pictures need more bits a pixel.
   */
  public static EncoderSettings of(int width, int height, FrameRate frameRate) {
    double share = (double) width * height / REFERENCE_PIXELS;
    int rate = (int) (REFERENCE_BITS_PER_SECOND * Math.sqrt(Math.min(1, share)));
    return new EncoderSettings(
        width,
        height,
        frameRate,
        Math.max(LEAST_BITS_PER_SECOND, rate),
        Math.max(1, (int) Math.round(2 * frameRate.perSecond())),
        Profile.CONSTRAINED_BASELINE);
  }

  public EncoderSettings withBitsPerSecond(int value) {
    return new EncoderSettings(width, height, frameRate, value, gopFrames, profile);
  }
}
