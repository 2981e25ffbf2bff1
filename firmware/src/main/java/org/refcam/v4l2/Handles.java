// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what this process holds of video devices, so that tests end by asserting zero. */
public final class Handles {
  static final AtomicInteger DEVICES = new AtomicInteger();
  static final AtomicInteger MAPPINGS = new AtomicInteger();
  static final AtomicInteger EXPORTS = new AtomicInteger();
  static final AtomicInteger LEASES = new AtomicInteger();

  private Handles() {}

  /**
   * One reading of all counters.
   *
   * @param devices open device nodes
   * @param mappings buffer planes mapped into memory
   * @param exports open DMABUF descriptors
   * @param leases dequeued buffers that were neither queued again nor given up
   */
  public record Count(int devices, int mappings, int exports, int leases) {
    public boolean none() {
      return devices == 0 && mappings == 0 && exports == 0 && leases == 0;
    }
  }

  public static Count count() {
    return new Count(DEVICES.get(), MAPPINGS.get(), EXPORTS.get(), LEASES.get());
  }
}
