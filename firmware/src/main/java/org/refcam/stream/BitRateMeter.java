// SPDX-License-Identifier: Apache-2.0
package org.refcam.stream;

import org.refcam.media.AccessUnit;

/** Measures a stream's rate in windows of two seconds. Written by one thread, read by any. */
final class BitRateMeter {
  private static final long WINDOW_NANOS = 2_000_000_000L;

  private long windowStart;
  private long windowBytes;
  private volatile int bitsPerSecond;

  void add(AccessUnit unit) {
    long elapsed = unit.time().nanos() - windowStart;
    if (windowBytes > 0 && elapsed >= WINDOW_NANOS) {
      bitsPerSecond = (int) Math.min(Integer.MAX_VALUE, windowBytes * 8 * 1e9 / elapsed);
      windowBytes = 0;
    }
    if (windowBytes == 0) {
      windowStart = unit.time().nanos();
    }
    windowBytes += unit.size();
  }

  int bitsPerSecond() {
    return bitsPerSecond;
  }
}
