// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import java.util.List;
import org.refcam.media.MediaTime;

/**
 * Movement began or ended. Immutable.
 *
 * @param kind which of both
 * @param time of the picture that showed it; for {@link Kind#END} the last one with movement
 * @param zones names of the zones touched so far, in the order of the settings; empty when the
 *     whole picture is looked at
 * @param score the most that moved so far: 1, just enough to count, to 100, eight times that or
 *     more
 */
public record MotionEvent(Kind kind, MediaTime time, List<String> zones, int score) {
  /** Begin or end. */
  public enum Kind {
    BEGIN,
    END
  }

  public MotionEvent {
    zones = List.copyOf(zones);
    if (score < 1 || score > 100) {
      throw new IllegalArgumentException("score " + score);
    }
  }
}
