// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Wall time as the formats keep it: microseconds since 1970-01-01T00:00Z, signed 64 bits. */
final class Micros {
  private Micros() {}

  static long of(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
