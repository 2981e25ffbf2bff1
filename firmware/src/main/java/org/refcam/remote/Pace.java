// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.io.InterruptedIOException;

/** Spreads bytes over time so that a copy leaves room for viewers. Confined to one thread. */
interface Pace {
  /**
   * Waits until that many bytes may go.
   *
   * @throws InterruptedIOException if the thread was asked to end
   */
  void take(int bytes) throws InterruptedIOException;

  /** Waits after each piece as long as it may take. */
  static Pace of(int kilobytesPerSecond) {
    return bytes -> {
      try {
        Thread.sleep(bytes / kilobytesPerSecond);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the camera stops");
      }
    };
  }
}
