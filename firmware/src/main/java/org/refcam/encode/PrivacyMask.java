// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoFrame.Plane;

/**
 * A rectangle that the owner wants nobody to see, as fractions of the picture, from its upper left
 * corner. Burnt in black before any encoder, so that nothing behind it exists in a stream, a
 * snapshot or a recording. Immutable.
 *
 * @param x 0 to 1
 * @param y 0 to 1
 * @param width above 0; {@code x + width} at most 1
 * @param height above 0; {@code y + height} at most 1
 */
public record PrivacyMask(double x, double y, double width, double height) {
  private static final byte BLACK_LUMA = 16;
  private static final byte GREY_CHROMA = (byte) 128;

  /**
   * @throws IllegalArgumentException if the rectangle leaves the picture or has no area
   */
  public PrivacyMask {
    boolean inside =
        x >= 0
            && y >= 0
            && width > 0
            && height > 0
            && x + width <= 1.000_001
            && y + height <= 1.000_001;
    if (!inside) {
      throw new IllegalArgumentException("mask " + x + "," + y + " " + width + "x" + height);
    }
  }

  /** Blackens an I420 picture; edges move outward to even pixels, so that no chroma leaks. */
  void burn(VideoFrame frame) {
    if (frame.format().pixelFormat() != PixelFormat.I420) {
      throw new IllegalArgumentException("masks are burnt into I420");
    }
    int pictureWidth = frame.format().width();
    int pictureHeight = frame.format().height();
    int left = even(x * pictureWidth);
    int top = even(y * pictureHeight);
    int right = Math.min(pictureWidth, even((x + width) * pictureWidth + 1.999));
    int bottom = Math.min(pictureHeight, even((y + height) * pictureHeight + 1.999));
    fill(frame.planes().get(0), left, top, right, bottom, BLACK_LUMA);
    for (Plane chroma : frame.planes().subList(1, 3)) {
      fill(chroma, left / 2, top / 2, (right + 1) / 2, (bottom + 1) / 2, GREY_CHROMA);
    }
  }

  private static int even(double value) {
    return (int) value & ~1;
  }

  private static void fill(Plane plane, int left, int top, int right, int bottom, byte value) {
    byte[] line = new byte[right - left];
    Arrays.fill(line, value);
    ByteBuffer data = plane.data();
    for (int row = top; row < bottom; row++) {
      data.put(row * plane.bytesPerLine() + left, line);
    }
  }
}
