// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

import java.nio.ByteBuffer;
import java.util.List;
import org.refcam.media.VideoFrame.Plane;

/**
 * Memory of our own for one I420 picture: Y, U and V in one direct buffer without padding.
 *
 * <pre>
 *   | Y  width * height | U  ceil(width/2) * ceil(height/2) | V  the same |
 * </pre>
 *
 * @param memory all of it; position 0
 * @param planes Y, U and V, over the same memory
 */
public record I420Buffer(ByteBuffer memory, List<Plane> planes) {

  /** Memory for a picture of {@code width} x {@code height} pixels, each at least 1. */
  public static I420Buffer allocate(int width, int height) {
    int half = (width + 1) / 2;
    int luma = width * height;
    int chroma = half * ((height + 1) / 2);
    ByteBuffer memory = ByteBuffer.allocateDirect(luma + 2 * chroma);
    return new I420Buffer(
        memory,
        List.of(
            new Plane(memory.slice(0, luma), width),
            new Plane(memory.slice(luma, chroma), half),
            new Plane(memory.slice(luma + chroma, chroma), half)));
  }
}
