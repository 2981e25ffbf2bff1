// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import java.time.Duration;
import java.util.function.Consumer;
import org.refcam.media.LumaPicture;
import org.refcam.media.MediaTime;

/**
 * Tells when a picture shows nothing because it is black or white: a covered lens, a lamp held into
 * it, or simply night in front of a camera without light. It says what the picture is, not why.
 *
 * <pre>
 *   USUAL --5 s of pictures with 98 % of pixels at most 32--> TOO_DARK
 *   USUAL --5 s of pictures with 90 % of pixels at least 225--> TOO_BRIGHT
 *   either --5 s of other pictures--> USUAL
 * </pre>
 *
 * <p>Levels are of video, where 16 is black and 235 white. What privacy masks cover is black here
 * too, so a camera that is masked nearly everywhere always is too dark. The listener is called on
 * the thread that brought the picture, and may not block. Confined to that thread.
 */
public final class LightWatch implements Consumer<LumaPicture> {
  static final int DARK_LEVEL = 32;
  static final int DARK_PERCENT = 98;
  static final int BRIGHT_LEVEL = 225;
  static final int BRIGHT_PERCENT = 90;
  static final Duration LASTING = Duration.ofSeconds(5);

  /** What a picture is. */
  public enum Light {
    USUAL,
    TOO_DARK,
    TOO_BRIGHT
  }

  private final Consumer<Light> listener;
  private Light told = Light.USUAL;
  private Light seen = Light.USUAL;
  private MediaTime since = new MediaTime(0);

  /**
   * @param listener is told of each change
   */
  public LightWatch(Consumer<Light> listener) {
    this.listener = listener;
  }

  @Override
  public void accept(LumaPicture picture) {
    Light now = judge(picture);
    if (now != seen) {
      seen = now;
      since = picture.time();
    }
    if (seen != told && picture.time().since(since).compareTo(LASTING) >= 0) {
      told = seen;
      listener.accept(told);
    }
  }

  private static Light judge(LumaPicture picture) {
    int all = picture.width() * picture.height();
    int dark = 0;
    int bright = 0;
    for (int pixel = 0; pixel < all; pixel++) {
      int level = picture.at(pixel);
      dark += level <= DARK_LEVEL ? 1 : 0;
      bright += level >= BRIGHT_LEVEL ? 1 : 0;
    }
    if (100L * dark >= (long) DARK_PERCENT * all) {
      return Light.TOO_DARK;
    }
    return 100L * bright >= (long) BRIGHT_PERCENT * all ? Light.TOO_BRIGHT : Light.USUAL;
  }
}
