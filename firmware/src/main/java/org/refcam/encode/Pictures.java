// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.refcam.jni.NativeLibrary;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoFrame.Plane;

/**
 * Conversion, scaling and JPEG through libyuv and TurboJPEG. Every size is checked here, before C
 * sees an address.
 */
final class Pictures {
  private Pictures() {}

  /**
   * Converts or copies any raw or JPEG picture. A smaller {@code to} takes the upper left corner:
   * that is how odd sides lose their last line.
   *
   * @throws IOException if a JPEG is damaged or has another size than its format says
   */
  static void convert(VideoFrame from, I420Frame to) throws IOException {
    NativeLibrary.CODEC.require();
    VideoFormat format = from.format();
    int width = to.format().width();
    int height = to.format().height();
    require(width <= format.width() && height <= format.height(), "the picture is too small");
    Plane first = from.planes().get(0);
    switch (format.pixelFormat()) {
      case NV12 -> {
        Plane uv = from.planes().get(1);
        requirePlane(first, width, height);
        requirePlane(uv, (width + 1) / 2 * 2, (height + 1) / 2);
        nv12ToI420(
            first.data(),
            first.bytesPerLine(),
            uv.data(),
            uv.bytesPerLine(),
            to.memory(),
            width,
            height);
      }
      case YUYV -> {
        requirePlane(first, (width + 1) / 2 * 4, height);
        yuyvToI420(first.data(), first.bytesPerLine(), to.memory(), width, height);
      }
      case I420 -> {
        I420 planes = I420.of(from);
        copyI420(
            planes.y(),
            planes.yStride(),
            planes.u(),
            planes.v(),
            planes.uvStride(),
            to.memory(),
            width,
            height);
      }
      case MJPEG -> {
        require(first.data().isDirect() && first.data().position() == 0, "not a direct buffer");
        jpegToI420(
            first.data(),
            first.data().remaining(),
            format.width(),
            format.height(),
            to.memory(),
            width,
            height);
      }
      case H264 -> throw new IllegalArgumentException("H.264 is not decoded here");
    }
    to.stamped(from);
  }

  /** Scales an I420 picture with a box filter. */
  static void scale(VideoFrame from, I420Frame to) throws IOException {
    NativeLibrary.CODEC.require();
    I420 in = I420.of(from);
    scaleI420(
        in.y(),
        in.yStride(),
        in.u(),
        in.v(),
        in.uvStride(),
        from.format().width(),
        from.format().height(),
        to.memory(),
        to.format().width(),
        to.format().height());
    to.stamped(from);
  }

  /**
   * One baseline JPEG.
   *
   * @param quality 1 to 100
   */
  static byte[] jpeg(VideoFrame from, int quality) throws IOException {
    NativeLibrary.CODEC.require();
    I420 in = I420.of(from);
    return i420ToJpeg(
        in.y(),
        in.yStride(),
        in.u(),
        in.v(),
        in.uvStride(),
        from.format().width(),
        from.format().height(),
        quality);
  }

  static void requirePlane(Plane plane, int lineBytes, int lines) {
    require(plane.data().isDirect(), "not a direct buffer");
    require(plane.data().position() == 0, "a plane starts at position 0");
    require(plane.bytesPerLine() >= lineBytes, "lines are too short");
    require(
        plane.data().limit() >= (long) plane.bytesPerLine() * (lines - 1) + lineBytes,
        "the plane is too small");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /** The three planes of an I420 picture, checked. */
  record I420(ByteBuffer y, int yStride, ByteBuffer u, ByteBuffer v, int uvStride) {
    static I420 of(VideoFrame frame) {
      int width = frame.format().width();
      int height = frame.format().height();
      require(frame.planes().size() == 3, "not I420");
      Plane y = frame.planes().get(0);
      Plane u = frame.planes().get(1);
      Plane v = frame.planes().get(2);
      requirePlane(y, width, height);
      requirePlane(u, (width + 1) / 2, (height + 1) / 2);
      requirePlane(v, (width + 1) / 2, (height + 1) / 2);
      require(u.bytesPerLine() == v.bytesPerLine(), "U and V differ in line length");
      return new I420(y.data(), y.bytesPerLine(), u.data(), v.data(), u.bytesPerLine());
    }
  }

  private static native void nv12ToI420(
      ByteBuffer y, int yStride, ByteBuffer uv, int uvStride, ByteBuffer to, int width, int height)
      throws IOException;

  private static native void yuyvToI420(
      ByteBuffer from, int stride, ByteBuffer to, int width, int height) throws IOException;

  private static native void copyI420(
      ByteBuffer y,
      int yStride,
      ByteBuffer u,
      ByteBuffer v,
      int uvStride,
      ByteBuffer to,
      int width,
      int height)
      throws IOException;

  private static native void scaleI420(
      ByteBuffer y,
      int yStride,
      ByteBuffer u,
      ByteBuffer v,
      int uvStride,
      int width,
      int height,
      ByteBuffer to,
      int toWidth,
      int toHeight)
      throws IOException;

  private static native void jpegToI420(
      ByteBuffer from,
      int length,
      int fromWidth,
      int fromHeight,
      ByteBuffer to,
      int width,
      int height)
      throws IOException;

  private static native byte[] i420ToJpeg(
      ByteBuffer y,
      int yStride,
      ByteBuffer u,
      ByteBuffer v,
      int uvStride,
      int width,
      int height,
      int quality)
      throws IOException;
}
