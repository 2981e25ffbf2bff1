// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Looks for byte strings in a stream of any length, in constant memory. */
final class Needles {
  private static final int WINDOW = 1 << 20;
  private static final int HITS_MAX = 5;

  private Needles() {}

  /**
   * Where each was found first: "needle 2 at byte 4711". Strings across window borders are found
   * too.
   */
  static List<String> search(InputStream in, List<byte[]> needles) throws IOException {
    int longest = needles.stream().mapToInt(n -> n.length).max().orElse(0);
    byte[] window = new byte[WINDOW + longest];
    List<String> hits = new ArrayList<>();
    boolean[] seen = new boolean[needles.size()];
    long base = 0;
    int kept = 0;
    int count;
    while ((count = in.readNBytes(window, kept, WINDOW)) > 0 && hits.size() < HITS_MAX) {
      int end = kept + count;
      for (int n = 0; n < needles.size(); n++) {
        int at = seen[n] ? -1 : indexOf(window, end, needles.get(n));
        if (at >= 0) {
          seen[n] = true;
          hits.add("needle " + (n + 1) + " at byte " + (base + at));
        }
      }
      int keep = Math.min(end, Math.max(0, longest - 1));
      System.arraycopy(window, end - keep, window, 0, keep);
      base += end - keep;
      kept = keep;
    }
    return hits;
  }

  private static int indexOf(byte[] hay, int end, byte[] needle) {
    if (needle.length == 0) {
      return -1;
    }
    outer:
    for (int i = 0; i <= end - needle.length; i++) {
      for (int j = 0; j < needle.length; j++) {
        if (hay[i + j] != needle[j]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }
}
