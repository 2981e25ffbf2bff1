// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What to tell of a medium that may come and go: each kind of trouble once, and that it is over
 * once it has been over for {@link #CALM}. A card that fails at every try, every few seconds, is
 * one story and not hundreds. Confined to one thread.
 */
final class StorageAlarm {
  /** Without trouble before it counts as over: more than a failing recorder waits between tries. */
  static final Duration CALM = Duration.ofSeconds(30);

  /** Why nothing is recorded although it should be. */
  enum Trouble {
    FULL,
    READ_ONLY,
    FAILING,
    /** The recordings cannot be opened. */
    CLOSED;

    /** As the audit log names it: {@code read_only}. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Set<Trouble> told = EnumSet.noneOf(Trouble.class);
  private long lastTroubleNanos;

  /** Whether something was told that is not over yet. */
  boolean raised() {
    return !told.isEmpty();
  }

  /**
   * One look.
   *
   * @param seen the trouble there is now
   * @param nanoTime of a clock that nobody sets
   * @return what is to be told: a trouble's word, {@code works} when all is over, or nothing
   */
  Optional<String> look(Optional<Trouble> seen, long nanoTime) {
    if (seen.isPresent()) {
      lastTroubleNanos = nanoTime;
      return told.add(seen.get()) ? Optional.of(seen.get().word()) : Optional.empty();
    }
    if (raised() && nanoTime - lastTroubleNanos >= CALM.toNanos()) {
      told.clear();
      return Optional.of("works");
    }
    return Optional.empty();
  }
}
