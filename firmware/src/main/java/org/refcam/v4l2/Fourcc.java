// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

/**
 * A pixel format's code: four characters, the first in the lowest byte. Immutable.
 *
 * @param code as the kernel passes it
 */
public record Fourcc(int code) {
  public static final Fourcc NV12 = of("NV12");

  /** NV12 in two separate memory planes, multi-planar queues only. */
  public static final Fourcc NV12M = of("NM12");

  /** Planar 4:2:0, Y U V; {@code V4L2_PIX_FMT_YUV420}. */
  public static final Fourcc YUV420 = of("YU12");

  /** YUV420 in three separate memory planes, multi-planar queues only. */
  public static final Fourcc YUV420M = of("YM12");

  public static final Fourcc YUYV = of("YUYV");
  public static final Fourcc MJPEG = of("MJPG");

  /** Plain JPEG, which some camera drivers use for the same thing. */
  public static final Fourcc JPEG = of("JPEG");

  /** H.264 Annex B, one access unit a buffer. */
  public static final Fourcc H264 = of("H264");

  /** The Fast Walsh Hadamard Transform codec of the kernel's virtual codec driver, vicodec. */
  public static final Fourcc FWHT = of("FWHT");

  /**
   * @param text four characters of 7 bits
   */
  public static Fourcc of(String text) {
    if (text.length() != 4 || text.chars().anyMatch(c -> c > 0x7f)) {
      throw new IllegalArgumentException("not a four character code: " + text);
    }
    return new Fourcc(
        text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24);
  }

  /** The four characters; what cannot be printed becomes a dot, the big-endian bit is dropped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(4);
    for (int shift = 0; shift < 32; shift += 8) {
      char c = (char) (code >>> shift & 0x7f);
      text.append(c < ' ' || c == 0x7f ? '.' : c);
    }
    return text.toString();
  }
}
