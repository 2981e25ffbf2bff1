// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.util.Locale;

/**
 * How far a long command is, as one line on standard error that is drawn over, and only where
 * someone looks. Confined to one thread.
 */
final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 40;

  private final String what;
  private final boolean shown = System.console() != null;
  private int lastPercent = -1;

  ProgressLine(String what) {
    this.what = what;
  }

  /**
   * @param part done, 0 to 1
   */
  void at(double part) {
    int percent = (int) Math.floor(100 * Math.max(0, Math.min(1, part)));
    if (shown && percent != lastPercent) {
      lastPercent = percent;
      int full = WIDTH * percent / 100;
      System.err.print(
          String.format(
              Locale.ROOT,
              "\r%s [%s%s] %3d %%",
              what,
              "=".repeat(full),
              " ".repeat(WIDTH - full),
              percent));
    }
  }

  @Override
  public void close() {
    if (shown && lastPercent >= 0) {
      System.err.println();
    }
  }
}
