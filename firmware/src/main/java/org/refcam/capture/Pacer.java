// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;

/**
 * Gives files and the scene a camera's cadence: picture n is due n intervals after the first,
 * counted from one start, so that rounding never adds up. A source that fell behind by more than a
 * second starts counting anew instead of hurrying. Confined to the capture thread.
 */
final class Pacer {
  private static final long BEHIND_NANOS = 1_000_000_000L;

  private final FrameRate rate;
  private long start;
  private long number;

  Pacer(FrameRate rate) {
    this.rate = rate;
    start = System.nanoTime();
  }

  /** When the next picture is due. */
  MediaTime due() {
    return new MediaTime(start + scaled());
  }

  /**
   * Waits until the next picture is due and counts it.
   *
   * @return false if the deadline passed first; nothing was counted
   */
  boolean await(Duration deadline) {
    long give = System.nanoTime() + deadline.toNanos();
    long now = System.nanoTime();
    long due = due().nanos();
    if (now - due > BEHIND_NANOS) {
      start = now;
      number = 0;
      due = now;
    }
    while (now < due) {
      if (give - due < 0 && now >= give) {
        return false;
      }
      LockSupport.parkNanos(Math.min(due, Math.max(give, now)) - now);
      now = System.nanoTime();
    }
    number++;
    return true;
  }

  /**
   * Nanoseconds from the start to picture {@code number}; whole cycles first, so nothing overflows.
   */
  private long scaled() {
    long cycles = number / rate.numerator();
    long rest = number % rate.numerator();
    return cycles * rate.denominator() * 1_000_000_000L
        + (long) ((double) rest * rate.denominator() * 1e9 / rate.numerator());
  }
}
