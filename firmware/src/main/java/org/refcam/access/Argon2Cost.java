// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.util.function.LongSupplier;

/**
 * How much one password hash costs: measured once on the board, then kept beside the accounts and
 * inside each hash. Immutable.
 *
 * @param kibibytes of memory
 * @param passes over it
 */
record Argon2Cost(int kibibytes, int passes) {
  /** OWASP's least for Argon2id with one lane; no board goes below, however slow it is. */
  static final Argon2Cost FLOOR = new Argon2Cost(19 * 1024, 2);

  static final int MOST_KIBIBYTES = 64 * 1024;
  static final int MOST_PASSES = 10;

  /** How long a hash should take on the board that made it. */
  static final long TARGET_NANOS = 300_000_000L;

  /** The share of the machine's memory that one hash may take: 32 MiB of 512. */
  private static final int MEMORY_SHARE = 16;

  /**
   * @throws IllegalArgumentException if it is out of the bounds that a hash may ask for
   */
  Argon2Cost {
    boolean sane = kibibytes >= 8 && kibibytes <= MOST_KIBIBYTES && passes >= 1;
    if (!sane || passes > MOST_PASSES) {
      throw new IllegalArgumentException("Argon2id m=" + kibibytes + ",t=" + passes);
    }
  }

  /**
   * Measures the floor twice, the first time to warm up, and goes as far above it as the target
   * allows: first in memory, which is what costs a guesser most, then in passes.
   *
   * @param machineBytes the machine's memory
   * @param nanos a monotonic clock
   * @param hashOnce makes one hash of the given cost
   */
  static Argon2Cost measure(
      long machineBytes, LongSupplier nanos, java.util.function.Consumer<Argon2Cost> hashOnce) {
    hashOnce.accept(FLOOR);
    long before = nanos.getAsLong();
    hashOnce.accept(FLOOR);
    long took = Math.max(1, nanos.getAsLong() - before);
    double times = Math.max(1, (double) TARGET_NANOS / took);
    long room = Math.min(MOST_KIBIBYTES, machineBytes / MEMORY_SHARE / 1024);
    long wanted = (long) Math.min(room, FLOOR.kibibytes * times);
    int memory = (int) Math.max(FLOOR.kibibytes, wanted);
    double left = times * FLOOR.kibibytes / memory;
    int passes = (int) Math.min(MOST_PASSES, Math.max(FLOOR.passes, FLOOR.passes * left));
    return new Argon2Cost(memory, passes);
  }
}
