// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

/**
 * A small grey copy of a picture, for those who look at pictures without showing them. Immutable:
 * the array is given to it and never touched again.
 *
 * <pre>
 *   | row 0: width bytes | row 1 | ...   one byte a pixel, 0 to 255, no padding
 * </pre>
 */
public final class LumaPicture {
  private final int width;
  private final int height;
  private final byte[] luma;
  private final MediaTime time;

  /**
   * @param luma {@code width * height} bytes; ownership passes to this object
   * @param time when the picture was taken
   * @throws IllegalArgumentException if the array does not fit the sides
   */
  public LumaPicture(int width, int height, byte[] luma, MediaTime time) {
    if (width < 1 || height < 1 || luma.length != (long) width * height) {
      throw new IllegalArgumentException(luma.length + " bytes for " + width + "x" + height);
    }
    this.width = width;
    this.height = height;
    this.luma = luma;
    this.time = time;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public MediaTime time() {
    return time;
  }

  /** Brightness of pixel {@code y * width + x}, 0 to 255. */
  public int at(int pixel) {
    return luma[pixel] & 0xFF;
  }
}
