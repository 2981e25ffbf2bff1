// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.refcam.media.MediaTime;

/**
 * The wall time of pictures, which carry the capture clock's.
 *
 * @param nanoTime the capture clock
 */
record WallClock(Clock clock, LongSupplier nanoTime) {
  Instant now() {
    return clock.instant();
  }

  Instant of(MediaTime time) {
    return clock.instant().plusNanos(time.nanos() - nanoTime.getAsLong());
  }
}
