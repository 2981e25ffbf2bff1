// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.refcam.media.FrameRate;

/**
 * Gives files and the scene a camera's cadence: picture n is due n intervals after the first,
 * counted from the first wait, so that rounding never adds up and opening takes no part in it. A
 * source that fell behind by more than a second starts counting anew instead of hurrying. Confined
 * to the capture thread.
 */
final class Pacer {
  private static final long BEHIND_NANOS = 1_000_000_000L;

  private final FrameRate rate;
  private boolean started;
  private long start;
  private long number;

  Pacer(FrameRate rate) {
    this.rate = rate;
  }

  /**
   * Waits until the next picture is due and counts it.
   *
   * @return false if the deadline passed first; nothing was counted
   */
  boolean await(Duration deadline) {
    long give = System.nanoTime() + deadline.toNanos();
    long now = System.nanoTime();
    if (!started || now - due() > BEHIND_NANOS) {
      started = true;
      start = now;
      number = 0;
    }
    long due = due();
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

  /** When the next picture is due, by {@link System#nanoTime}. */
  private long due() {
    return start + scaled();
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
