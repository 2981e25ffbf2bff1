// SPDX-License-Identifier: Apache-2.0
package org.refcam.health;

import java.time.Instant;
import java.util.List;

/**
 * One start that ended by itself. Immutable.
 *
 * @param time when it was noticed; of a process that was killed, at the next start
 * @param version of the software
 * @param slot that it ran from; empty where there are none
 * @param seconds that it had run; 0 if that is not known
 * @param cause names of exception classes, outermost first, or a signal, or {@link #UNKNOWN}
 * @param where frames as {@code Class.method:line}, the innermost first, or {@code
 *     [library+offset]}
 */
public record Crash(
    Instant time, String version, String slot, long seconds, String cause, List<String> where) {
  /** It was killed from outside, ran out of memory, or was gone without a word. */
  public static final String UNKNOWN = "unknown";

  static final int FRAMES_MAX = 8;
  static final int TEXT_MAX = 200;

  public Crash {
    version = bounded(version);
    slot = bounded(slot);
    cause = bounded(cause);
    where = where.stream().limit(FRAMES_MAX).map(Crash::bounded).toList();
  }

  private static String bounded(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }
}
