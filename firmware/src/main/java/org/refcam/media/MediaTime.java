// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

import java.time.Duration;

/**
 * An instant on the capture clock, CLOCK_MONOTONIC of the kernel, in nanoseconds.
 *
 * <p>V4L2 drivers stamp buffers with this clock, and on Linux {@link System#nanoTime} reads it too,
 * so that a generated picture and a captured one carry comparable times. It does not jump when the
 * wall clock is set. Immutable.
 *
 * @param nanos nanoseconds since an arbitrary origin, usually the boot
 */
public record MediaTime(long nanos) implements Comparable<MediaTime> {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The capture clock's reading now. */
  public static MediaTime now() {
    return new MediaTime(System.nanoTime());
  }

  /**
   * This instant in units of 1/{@code clockRate} second, rounded down; not reduced to 32 bits.
   *
   * @param clockRate ticks a second, for video over RTP 90,000 (RFC 6184, 5.1)
   */
  public long ticks(int clockRate) {
    long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
    long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
    return seconds * clockRate + rest * clockRate / NANOS_PER_SECOND;
  }

  public MediaTime plus(Duration duration) {
    return new MediaTime(nanos + duration.toNanos());
  }

  /** The time from {@code earlier} to this instant; negative if that is later. */
  public Duration since(MediaTime earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }

  @Override
  public int compareTo(MediaTime other) {
    return Long.compare(nanos, other.nanos);
  }
}
