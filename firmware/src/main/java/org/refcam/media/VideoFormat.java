// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

/**
 * What a source delivers or an encoder takes. Immutable.
 *
 * @param pixelFormat layout of one picture
 * @param width in pixels, 16 to 8192
 * @param height in pixels, 16 to 8192
 * @param frameRate nominal; the pictures' own times are the truth
 */
public record VideoFormat(PixelFormat pixelFormat, int width, int height, FrameRate frameRate) {
  private static final int LEAST = 16;
  private static final int MOST = 8192;

  /**
   * @throws IllegalArgumentException if a side is out of range
   */
  public VideoFormat {
    if (width < LEAST || width > MOST || height < LEAST || height > MOST) {
      throw new IllegalArgumentException("picture size " + width + "x" + height);
    }
  }

  @Override
  public String toString() {
    return pixelFormat + " " + width + "x" + height + "@" + frameRate;
  }
}
