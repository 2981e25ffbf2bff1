// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

/**
 * Counts delays in steps of 10 microseconds up to a second; what is beyond counts as a second.
 * Guarded by its monitor.
 */
final class Delays {
  private static final int STEP_MICROS = 10;
  private final int[] counts = new int[1_000_000 / STEP_MICROS + 1];
  private long total;

  synchronized void add(long micros) {
    counts[(int) Math.max(0, Math.min(counts.length - 1, micros / STEP_MICROS))]++;
    total++;
  }

  /** Milliseconds that the given share of delays stays within; NaN when there are none. */
  synchronized double quantileMillis(double share) {
    long within = 0;
    for (int i = 0; i < counts.length && total > 0; i++) {
      within += counts[i];
      if (within >= share * total) {
        return (i + 1) * STEP_MICROS / 1_000.0;
      }
    }
    return Double.NaN;
  }
}
