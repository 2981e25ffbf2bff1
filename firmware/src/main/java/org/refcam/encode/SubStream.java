// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import org.refcam.media.FrameRate;

/**
 * How the small stream beside the main one usually is: scaled down, at most 15 pictures a second.
 */
final class SubStream {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int RATE = 15;

  private SubStream() {}

  /**
   * 640x360 for a 16:9 main stream; of another shape, what fits in there; never larger than main.
   */
  static EncoderSettings settings(EncoderSettings main) {
    double factor =
        Math.min(1, Math.min((double) WIDTH / main.width(), (double) HEIGHT / main.height()));
    int width = Math.max(16, (int) Math.round(main.width() * factor) & ~1);
    int height = Math.max(16, (int) Math.round(main.height() * factor) & ~1);
    FrameRate rate = main.frameRate().perSecond() > RATE ? FrameRate.of(RATE) : main.frameRate();
    return EncoderSettings.of(width, height, rate);
  }
}
