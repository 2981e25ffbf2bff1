// SPDX-License-Identifier: Apache-2.0
package org.refcam.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of the starts so far. Immutable.
 *
 * @param version that the count is about; another version begins anew
 * @param inARow starts of it that crashed since the last one that lasted
 * @param running the start that has not ended, as far as anybody wrote down
 * @param crashes the newest last
 */
record StartRecord(String version, int inARow, Optional<Running> running, List<Crash> crashes) {
  static final StartRecord EMPTY = new StartRecord("", 0, Optional.empty(), List.of());

  /** The count needs to tell few from many, and no more. */
  private static final int COUNT_MAX = 99;

  /**
   * A start.
   *
   * @param boot which start of the board it was in, as the kernel names it
   */
  record Running(Instant since, String version, String slot, String boot) {}

  StartRecord {
    if (inARow < 0) {
      throw new IllegalArgumentException("count " + inARow);
    }
    inARow = Math.min(inARow, COUNT_MAX);
    crashes =
        List.copyOf(
            crashes.subList(Math.max(0, crashes.size() - Starts.CRASHES_MAX), crashes.size()));
  }

  StartRecord of(String other) {
    return other.equals(version) ? this : new StartRecord(other, 0, running, crashes);
  }

  StartRecord count(int next) {
    return new StartRecord(version, next, running, crashes);
  }

  StartRecord running(Optional<Running> next) {
    return new StartRecord(version, inARow, next, crashes);
  }

  StartRecord crashed(Crash crash) {
    List<Crash> more = new ArrayList<>(crashes);
    more.add(crash);
    int next = crash.version().equals(version) ? inARow + 1 : inARow;
    return new StartRecord(version, next, Optional.empty(), more);
  }
}
