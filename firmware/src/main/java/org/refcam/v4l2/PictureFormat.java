// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.util.ArrayList;
import java.util.List;

/**
 * What a queue carries ({@code VIDIOC_G_FMT} and its sisters). Immutable.
 *
 * @param width in pixels; encoders may pad it
 * @param height in pixels; encoders may pad it
 * @param planes one for each memory plane, so one for all single-planar formats
 */
public record PictureFormat(Fourcc fourcc, int width, int height, List<MemoryPlane> planes) {
  private static final int HEAD = 6;
  private static final int FIELD_NONE = 1;
  private static final int MOST_PLANES = 8;

  /**
   * One memory plane.
   *
   * @param bytesPerLine 0 for compressed formats, or to let the driver choose
   * @param sizeImage bytes of a buffer, or 0 to let the driver choose
   */
  public record MemoryPlane(int bytesPerLine, int sizeImage) {}

  /** Copies the list. */
  public PictureFormat {
    planes = List.copyOf(planes);
    if (planes.isEmpty() || planes.size() > MOST_PLANES) {
      throw new IllegalArgumentException(planes.size() + " planes");
    }
  }

  /** A format to ask for, with lines and sizes left to the driver. */
  public static PictureFormat wanted(Fourcc fourcc, int width, int height) {
    return new PictureFormat(fourcc, width, height, List.of(new MemoryPlane(0, 0)));
  }

  /** A compressed format to ask for, with buffers of at least {@code sizeImage} bytes. */
  public static PictureFormat coded(Fourcc fourcc, int width, int height, int sizeImage) {
    return new PictureFormat(fourcc, width, height, List.of(new MemoryPlane(0, sizeImage)));
  }

  static PictureFormat parse(int[] v) {
    List<MemoryPlane> planes = new ArrayList<>();
    for (int i = 0; i < v[5]; i++) {
      planes.add(new MemoryPlane(v[HEAD + 2 * i], v[HEAD + 2 * i + 1]));
    }
    return new PictureFormat(new Fourcc(v[2]), v[0], v[1], planes);
  }

  /** Always progressive, colour space left to the driver. */
  int[] encode() {
    int[] v = new int[Kernel.FORMAT_INTS];
    v[0] = width;
    v[1] = height;
    v[2] = fourcc.code();
    v[3] = FIELD_NONE;
    v[5] = planes.size();
    for (int i = 0; i < planes.size(); i++) {
      v[HEAD + 2 * i] = planes.get(i).bytesPerLine();
      v[HEAD + 2 * i + 1] = planes.get(i).sizeImage();
    }
    return v;
  }

  @Override
  public String toString() {
    return fourcc + " " + width + "x" + height;
  }
}
