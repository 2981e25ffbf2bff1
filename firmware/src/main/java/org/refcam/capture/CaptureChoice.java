// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.refcam.media.FrameRate;
import org.refcam.media.PixelFormat;
import org.refcam.v4l2.FormatDescription;
import org.refcam.v4l2.Fourcc;
import org.refcam.v4l2.FrameIntervals;
import org.refcam.v4l2.FrameSizes;

/**
 * One way in which a camera could deliver pictures, and the rule that picks the best. Immutable.
 *
 * <p>The rule: first a rate of at least the wanted one (or of at least 24 where the camera tells
 * none that fast), then most pixels within the limit, then the format that costs least: raw 4:2:0
 * before packed 4:2:2 before JPEG before H.264, which no mask can be burnt into.
 *
 * @param fourcc what to ask the driver for
 * @param pixelFormat what that is to the camera
 * @param width in pixels, even
 * @param height in pixels, even
 * @param fastest the fastest rate at this size; empty where the driver lists none
 */
record CaptureChoice(
    Fourcc fourcc, PixelFormat pixelFormat, int width, int height, Optional<FrameRate> fastest) {
  private static final double FLUENT = 24;
  private static final int LEAST_SIDE = 16;

  /** What a camera can be asked, so that the rule runs without one. */
  interface Menu {
    List<FormatDescription> formats() throws IOException;

    List<FrameSizes> sizes(Fourcc format) throws IOException;

    List<FrameIntervals> intervals(Fourcc format, int width, int height) throws IOException;
  }

  /**
   * The best choice, or empty if the camera has no format that we know.
   *
   * @param maxWidth greatest width, in pixels
   * @param maxHeight greatest height, in pixels
   */
  static Optional<CaptureChoice> best(Menu menu, int maxWidth, int maxHeight, FrameRate wanted)
      throws IOException {
    List<CaptureChoice> all = new ArrayList<>();
    for (FormatDescription format : menu.formats()) {
      Optional<PixelFormat> known = pixelFormat(format.fourcc());
      if (known.isPresent() && !format.emulated()) {
        addSizes(menu, format.fourcc(), known.get(), maxWidth, maxHeight, all);
      }
    }
    double enough = Math.min(wanted.perSecond(), FLUENT) - 1e-3;
    return all.stream()
        .max(
            Comparator.comparingDouble(
                    (CaptureChoice c) ->
                        Math.min(enough, c.fastest.map(FrameRate::perSecond).orElse(enough)))
                .thenComparingInt(c -> c.width * c.height)
                .thenComparingInt(c -> -cost(c.pixelFormat)));
  }

  private static void addSizes(
      Menu menu,
      Fourcc fourcc,
      PixelFormat pixelFormat,
      int maxWidth,
      int maxHeight,
      List<CaptureChoice> to)
      throws IOException {
    List<FrameSizes> sizes = menu.sizes(fourcc);
    if (sizes.isEmpty()) {
      to.add(
          new CaptureChoice(fourcc, pixelFormat, maxWidth & ~1, maxHeight & ~1, Optional.empty()));
    }
    for (FrameSizes size : sizes) {
      int width = size.widthWithin(maxWidth) & ~1;
      int height = size.heightWithin(maxHeight) & ~1;
      if (width >= LEAST_SIDE && height >= LEAST_SIDE) {
        Optional<FrameRate> fastest =
            menu.intervals(fourcc, width, height).stream()
                .map(FrameIntervals::fastest)
                .max(Comparator.comparingDouble(FrameRate::perSecond));
        to.add(new CaptureChoice(fourcc, pixelFormat, width, height, fastest));
      }
    }
  }

  /** What a four character code is to this camera; empty for formats that it does not read. */
  static Optional<PixelFormat> pixelFormat(Fourcc fourcc) {
    if (fourcc.equals(Fourcc.NV12) || fourcc.equals(Fourcc.NV12M)) {
      return Optional.of(PixelFormat.NV12);
    }
    if (fourcc.equals(Fourcc.YUV420) || fourcc.equals(Fourcc.YUV420M)) {
      return Optional.of(PixelFormat.I420);
    }
    if (fourcc.equals(Fourcc.YUYV)) {
      return Optional.of(PixelFormat.YUYV);
    }
    if (fourcc.equals(Fourcc.MJPEG) || fourcc.equals(Fourcc.JPEG)) {
      return Optional.of(PixelFormat.MJPEG);
    }
    return fourcc.equals(Fourcc.H264) ? Optional.of(PixelFormat.H264) : Optional.empty();
  }

  private static int cost(PixelFormat format) {
    return switch (format) {
      case I420 -> 0;
      case NV12 -> 1;
      case YUYV -> 2;
      case MJPEG -> 3;
      case H264 -> 4;
    };
  }
}
