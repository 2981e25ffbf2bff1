// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

/** How a picture that a source delivers lies in memory. The words are V4L2's. */
public enum PixelFormat {
  /** Planar 4:2:0: Y, then U and V of a quarter each (V4L2_PIX_FMT_YUV420, "YU12"). */
  I420,
  /** Y plane, then one plane of interleaved U and V (V4L2_PIX_FMT_NV12). */
  NV12,
  /** Packed 4:2:2, Y0 U Y1 V (V4L2_PIX_FMT_YUYV). */
  YUYV,
  /** One JPEG picture (V4L2_PIX_FMT_MJPEG). */
  MJPEG,
  /**
   * One H.264 access unit, Annex B byte stream (V4L2_PIX_FMT_H264): encoded by the camera itself.
   */
  H264;

  /** Whether the bytes are a compressed picture of varying length. */
  public boolean compressed() {
    return this == MJPEG || this == H264;
  }
}
