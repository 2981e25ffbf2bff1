// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.factory;

import java.io.PrintWriter;

/** A bar on standard error, drawn again at every hundredth. Confined to one thread. */
final class Progress {
  private static final int WIDTH = 40;

  private final PrintWriter out;
  private final int total;
  private int done;
  private int drawn = -1;

  Progress(PrintWriter out, int total) {
    this.out = out;
    this.total = total;
  }

  void step() {
    done++;
    int hundredth = total == 0 ? 100 : (int) (100L * done / total);
    if (hundredth != drawn) {
      drawn = hundredth;
      int filled = WIDTH * hundredth / 100;
      out.printf("\r[%s%s] %d/%d", "#".repeat(filled), ".".repeat(WIDTH - filled), done, total);
      if (done == total) {
        out.println();
      }
      out.flush();
    }
  }
}
