// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.nio.ByteBuffer;
import java.util.List;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFrame;
import org.refcam.v4l2.PictureFormat;

/** The one copy of a picture into a device's memory, line by line where the strides differ. */
final class PictureCopy {
  private PictureCopy() {}

  /**
   * Copies all colour planes one after the other, as single-plane V4L2 formats lay them.
   *
   * @param to the device's memory; its position is left alone
   * @param layout padded width and height of the device
   * @throws IllegalArgumentException if the memory is too small for the layout
   */
  static void copy(VideoFrame frame, ByteBuffer to, PictureFormat layout) {
    int line = layout.planes().get(0).bytesPerLine();
    int lines = layout.height();
    int offset = 0;
    PixelFormat pixels = frame.format().pixelFormat();
    List<VideoFrame.Plane> planes = frame.planes();
    for (int i = 0; i < planes.size(); i++) {
      boolean chroma = i > 0;
      int toLine = chroma && pixels == PixelFormat.I420 ? line / 2 : line;
      int toLines = chroma ? lines / 2 : lines;
      int rows = chroma ? (frame.format().height() + 1) / 2 : frame.format().height();
      if (offset + (long) toLine * toLines > to.capacity()) {
        throw new IllegalArgumentException("picture larger than the device's memory");
      }
      copyPlane(planes.get(i), rows, to, offset, toLine);
      offset += toLine * toLines;
    }
  }

  private static void copyPlane(
      VideoFrame.Plane plane, int rows, ByteBuffer to, int offset, int toLine) {
    ByteBuffer from = plane.data();
    int fromLine = plane.bytesPerLine();
    if (fromLine == toLine) {
      int bytes = Math.min(from.limit(), rows * toLine);
      to.put(offset, from, 0, bytes);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int bytes = Math.min(Math.min(fromLine, toLine), from.limit() - row * fromLine);
      to.put(offset + row * toLine, from, row * fromLine, bytes);
    }
  }
}
