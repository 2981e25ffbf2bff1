// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps wrong guesses below what locks an account out: at most four with one name within a window,
 * over all doors together. Confined to one thread.
 */
public final class Guesses {
  /** One less than the five after which cautious cameras lock. */
  static final int MOST = 4;

  /** A little over the half minute in which cautious cameras count. */
  static final Duration WINDOW = Duration.ofSeconds(31);

  private final Map<String, Deque<Long>> made = new HashMap<>();
  private final Map<String, GuessChecks.Measured> measured = new LinkedHashMap<>();

  /** What was measured by door, to be filled by the first check that asks. */
  Map<String, GuessChecks.Measured> measured() {
    return measured;
  }

  /**
   * Makes room for one more guess with a name, waiting for it if need be.
   *
   * @return whether the guess may be made; false if it would have to wait longer than patience
   */
  boolean admit(String name, Duration patience) {
    Deque<Long> times = made.computeIfAbsent(name, k -> new ArrayDeque<>());
    long now = System.nanoTime();
    while (!times.isEmpty() && now - times.peekFirst() > WINDOW.toNanos()) {
      times.removeFirst();
    }
    if (times.size() >= MOST) {
      long wait = WINDOW.toNanos() - (now - times.peekFirst());
      if (wait > patience.toNanos()) {
        return false;
      }
      sleep(Duration.ofNanos(wait));
      times.removeFirst();
    }
    times.addLast(System.nanoTime());
    return true;
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis() + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
