// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.media.LumaPicture;
import org.refcam.media.VideoFrame;

/**
 * Hands five small grey copies a second to whoever looks for movement: 160 pixels wide, with the
 * privacy masks and without the clock, whose digits would move. Costs one comparison a picture when
 * nobody looks.
 *
 * <p>{@link #offer} is confined to the capture thread; {@link #watcher} may be called from any.
 */
final class LumaTap {
  private static final int WIDTH = 160;
  private static final int LEAST_SIDE = 16;
  private static final long INTERVAL_NANOS = 200_000_000L;

  private volatile Optional<Consumer<LumaPicture>> watcher = Optional.empty();
  private @Nullable I420Frame small;
  private long due = Long.MIN_VALUE;

  void watcher(Optional<Consumer<LumaPicture>> changed) {
    watcher = changed;
  }

  /** Takes the picture if someone looks and it is time. */
  void offer(VideoFrame picture) throws IOException {
    Optional<Consumer<LumaPicture>> looking = watcher;
    if (looking.isPresent() && picture.time().nanos() >= due) {
      due =
          picture.time().nanos()
              + INTERVAL_NANOS
              - picture.format().frameRate().intervalNanos() / 2;
      looking.get().accept(grey(picture));
    }
  }

  private LumaPicture grey(VideoFrame picture) throws IOException {
    int width = picture.format().width();
    int height = picture.format().height();
    I420Frame to = small;
    if (to == null) {
      int smallWidth = Math.min(WIDTH, width);
      int smallHeight = Math.max(LEAST_SIDE, height * smallWidth / width);
      to = new I420Frame(smallWidth, smallHeight, picture.format().frameRate());
      small = to;
    }
    Pictures.scale(picture, to);
    byte[] luma = new byte[to.format().width() * to.format().height()];
    to.memory().get(0, luma);
    return new LumaPicture(to.format().width(), to.format().height(), luma, picture.time());
  }
}
