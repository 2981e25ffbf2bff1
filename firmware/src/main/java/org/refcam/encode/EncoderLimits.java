// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.refcam.media.VideoFormat;

/**
 * Within which an encoder's settings can be changed, for one source. Immutable.
 *
 * @param sizes picture sizes, the largest first; all have the source's shape
 * @param framesPerSecond from 1 to this
 * @param leastBitsPerSecond inclusive
 * @param mostBitsPerSecond inclusive
 * @param mostGopFrames pictures from one IDR to the next, from 1 to this
 */
public record EncoderLimits(
    List<Size> sizes,
    double framesPerSecond,
    int leastBitsPerSecond,
    int mostBitsPerSecond,
    int mostGopFrames) {
  private static final double[] FACTORS = {1, 3.0 / 4, 2.0 / 3, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 6};
  private static final int LEAST_BITS = 64_000;
  private static final int MOST_BITS = 12_000_000;
  private static final int MOST_SUB_BITS = 2_000_000;
  private static final int MOST_GOP = 250;
  private static final int SUB_RATE = 15;
  private static final int SUB_WIDTH = 640;
  private static final int LEAST_WIDTH = 160;

  /** A picture size in pixels, both even. */
  public record Size(int width, int height) {}

  public EncoderLimits {
    sizes = List.copyOf(sizes);
  }

  static EncoderLimits main(VideoFormat source) {
    return new EncoderLimits(
        sizes(source, source.width()),
        source.frameRate().perSecond(),
        LEAST_BITS,
        MOST_BITS,
        MOST_GOP);
  }

  static EncoderLimits sub(VideoFormat source, EncoderSettings usual) {
    Set<Size> sizes = new LinkedHashSet<>();
    sizes.add(new Size(usual.width(), usual.height()));
    sizes.addAll(sizes(source, SUB_WIDTH));
    return new EncoderLimits(
        new ArrayList<>(sizes),
        Math.min(SUB_RATE, source.frameRate().perSecond()),
        LEAST_BITS,
        MOST_SUB_BITS,
        MOST_GOP);
  }

  private static List<Size> sizes(VideoFormat source, int widest) {
    Set<Size> sizes = new LinkedHashSet<>();
    for (double factor : FACTORS) {
      int width = (int) Math.round(source.width() * factor) & ~1;
      int height = (int) Math.round(source.height() * factor) & ~1;
      if (factor == 1 || width >= LEAST_WIDTH) {
        sizes.add(new Size(width, height));
      }
    }
    return sizes.stream().filter(size -> size.width() <= widest).toList();
  }

  /** Whether an encoder can be set so. */
  public boolean permit(EncoderSettings settings) {
    double rate = settings.frameRate().perSecond();
    return sizes.contains(new Size(settings.width(), settings.height()))
        && rate >= 1
        && rate <= framesPerSecond + 1e-6
        && settings.bitsPerSecond() >= leastBitsPerSecond
        && settings.bitsPerSecond() <= mostBitsPerSecond
        && settings.gopFrames() <= mostGopFrames;
  }
}
