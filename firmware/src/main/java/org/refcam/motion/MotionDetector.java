// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.media.LumaPicture;
import org.refcam.media.MediaTime;

/**
 * Looks at one small grey picture after the other, some five a second.
 *
 * <pre>
 *   LEARNING --2 s--> STILL --2 pictures over the bar--> MOVING --2 s below half the bar--> STILL
 *   any --light switched--> the scene is learnt anew, nothing begins for 1 s
 * </pre>
 *
 * <p>Light switched means: more than half of the picture differs, or all of it became brighter or
 * darker by more than 25 levels at once. So somebody who fills half of the picture within one
 * sampling interval is taken for a lamp, for that second.
 *
 * <p>Confined to one thread.
 */
public final class MotionDetector {
  private static final Duration LEARNING = Duration.ofSeconds(2);
  private static final Duration AFTER_LIGHT = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration GAP = Duration.ofSeconds(5);
  private static final int LIGHT_LEVELS = 25;
  private static final int PICTURES_TO_BEGIN = 2;
  private static final int FULL_SCORE_TIMES = 8;

  private final MotionSettings settings;
  private @Nullable StillScene scene;
  private @Nullable ZoneMap zones;
  private MediaTime learnt = new MediaTime(0);
  private MediaTime last = new MediaTime(0);
  private MediaTime lastMoving = new MediaTime(0);
  private int inARow;
  private boolean moving;
  private int score;
  private final BitSet touched = new BitSet();

  public MotionDetector(MotionSettings settings) {
    this.settings = settings;
  }

  public boolean moving() {
    return moving;
  }

  /** Takes the next picture; says what began or ended with it. */
  public Optional<MotionEvent> offer(LumaPicture picture) {
    ZoneMap map = zones;
    StillScene still = scene;
    boolean afresh = map == null || !map.fits(picture.width(), picture.height());
    if (map == null || still == null || afresh || picture.time().since(last).compareTo(GAP) > 0) {
      return restart(picture);
    }
    last = picture.time();
    boolean learning = picture.time().compareTo(learnt) < 0;
    int shift = still.compare(picture, settings.levels(), learning);
    if (Math.abs(shift) > LIGHT_LEVELS || count(still.different()) > still.different().length / 2) {
      still.replace(picture);
      learnt = picture.time().plus(AFTER_LIGHT);
      inARow = 0;
      return moving ? endIfQuiet(map) : Optional.empty();
    }
    if (learning) {
      return moving ? endIfQuiet(map) : Optional.empty();
    }
    return judge(map, map.moving(still.different()), picture);
  }

  /** Ends what is under way, as when the camera stops. */
  public Optional<MotionEvent> stop() {
    ZoneMap map = zones;
    return moving && map != null ? Optional.of(end(map)) : Optional.empty();
  }

  private Optional<MotionEvent> restart(LumaPicture picture) {
    Optional<MotionEvent> ended = stop();
    zones = new ZoneMap(picture.width(), picture.height(), settings.zones());
    scene = new StillScene(picture);
    last = picture.time();
    learnt = picture.time().plus(LEARNING);
    inARow = 0;
    return ended;
  }

  private Optional<MotionEvent> judge(ZoneMap map, int[] counts, LumaPicture picture) {
    int bar = settings.pixels(picture.width() * picture.height());
    int most = 0;
    BitSet over = new BitSet();
    for (int zone = 0; zone < counts.length; zone++) {
      most = Math.max(most, counts[zone]);
      over.set(zone, counts[zone] >= bar);
    }
    inARow = over.isEmpty() ? 0 : inARow + 1;
    if (moving ? most >= (bar + 1) / 2 : inARow >= PICTURES_TO_BEGIN) {
      lastMoving = picture.time();
      score = Math.max(score, Math.max(1, Math.min(100, 100 * most / (FULL_SCORE_TIMES * bar))));
      touched.or(over);
      if (!moving) {
        moving = true;
        return Optional.of(event(MotionEvent.Kind.BEGIN, map));
      }
    }
    return moving ? endIfQuiet(map) : Optional.empty();
  }

  private Optional<MotionEvent> endIfQuiet(ZoneMap map) {
    return last.since(lastMoving).compareTo(QUIET) < 0 ? Optional.empty() : Optional.of(end(map));
  }

  private MotionEvent end(ZoneMap map) {
    MotionEvent event = event(MotionEvent.Kind.END, map);
    moving = false;
    score = 0;
    touched.clear();
    return event;
  }

  private MotionEvent event(MotionEvent.Kind kind, ZoneMap map) {
    return new MotionEvent(kind, lastMoving, map.names(touched), score);
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }
}
