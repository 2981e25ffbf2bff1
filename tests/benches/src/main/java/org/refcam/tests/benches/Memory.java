// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process's memory, from {@code /proc/PID/smaps_rollup} (Linux 4.14 and later).
 *
 * @param residentMiB all its pages, shared ones in full
 * @param proportionalMiB shared pages divided by those who share them
 * @param anonymousMiB pages that no file stands behind: the kernel cannot drop them
 */
record Memory(double residentMiB, double proportionalMiB, double anonymousMiB) {
  static Memory of(long pid) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"));
    return new Memory(mib(lines, "Rss:"), mib(lines, "Pss:"), mib(lines, "Anonymous:"));
  }

  private static double mib(List<String> lines, String name) throws IOException {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .mapToObj(kib -> kib / 1024.0)
        .findFirst()
        .orElseThrow(() -> new IOException("no " + name + " of that process"));
  }
}
