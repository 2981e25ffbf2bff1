// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Wall time as the formats keep it: microseconds since 1970-01-01T00:00Z, signed 64 bits. */
final class Micros {
  private static final long A_SECOND = TimeUnit.SECONDS.toMicros(1);
  private static final Instant FIRST = instant(Long.MIN_VALUE);
  private static final Instant LAST = instant(Long.MAX_VALUE);

  private Micros() {}

  /**
   * The microsecond that a moment lies in.
   *
   * @throws ArithmeticException some 292,000 years from now
   */
  static long of(Instant time) {
    // Not ChronoUnit.MICROS.between: that of JDK 17 counts nanoseconds, which end 292 years from
    // 1970.
    long seconds = time.getEpochSecond();
    long rest = TimeUnit.NANOSECONDS.toMicros(time.getNano());
    if (seconds
        < 0) { // counted back from the next second, which does not overflow before the sum does
      seconds++;
      rest -= A_SECOND;
    }
    return Math.addExact(Math.multiplyExact(seconds, A_SECOND), rest);
  }

  /** For the ends of a range that is asked for: the nearest moment that the formats can keep. */
  static long nearest(Instant time) {
    if (time.isBefore(FIRST)) {
      return Long.MIN_VALUE;
    }
    return time.isAfter(LAST) ? Long.MAX_VALUE : of(time);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
