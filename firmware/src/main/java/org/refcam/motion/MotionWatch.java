// SPDX-License-Identifier: Apache-2.0
package org.refcam.motion;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.refcam.media.LumaPicture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One detector that pictures flow through and whose settings may change, with those who want to
 * know. Listeners are called on the thread that brought the picture or the settings, without a
 * lock, and may not block; one that throws is dropped.
 *
 * <p>Guarded by {@code lock}.
 */
public final class MotionWatch implements Consumer<LumaPicture> {
  private static final Logger log = LoggerFactory.getLogger(MotionWatch.class);

  private final Object lock = new Object();
  private final List<Consumer<MotionEvent>> listeners = new CopyOnWriteArrayList<>();
  private MotionDetector detector;
  private MotionSettings settings;

  public MotionWatch(MotionSettings settings) {
    this.settings = settings;
    detector = new MotionDetector(settings);
  }

  public void listen(Consumer<MotionEvent> listener) {
    listeners.add(listener);
  }

  public boolean moving() {
    synchronized (lock) {
      return detector.moving();
    }
  }

  /** Looks with other settings from now on; the scene is learnt anew if they differ. */
  public void settings(MotionSettings changed) {
    Optional<MotionEvent> ended = Optional.empty();
    synchronized (lock) {
      if (!changed.equals(settings)) {
        ended = detector.stop();
        settings = changed;
        detector = new MotionDetector(changed);
      }
    }
    ended.ifPresent(this::tell);
  }

  @Override
  public void accept(LumaPicture picture) {
    Optional<MotionEvent> event;
    synchronized (lock) {
      event = detector.offer(picture);
    }
    event.ifPresent(this::tell);
  }

  /** No more pictures come for now: what is under way ends. */
  public void stop() {
    Optional<MotionEvent> ended;
    synchronized (lock) {
      ended = detector.stop();
      detector = new MotionDetector(settings);
    }
    ended.ifPresent(this::tell);
  }

  private void tell(MotionEvent event) {
    for (Consumer<MotionEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        log.error("a motion listener failed and is dropped", e);
        listeners.remove(listener);
      }
    }
  }
}
