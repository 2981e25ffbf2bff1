// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an erase certificate says of the machine: medium and swap. Stateless. */
final class SystemMedium {
  private static final Path SWAPS = Path.of("/proc/swaps");

  private SystemMedium() {}

  /** The type of the file system, such as {@code ext4}; {@code unknown} if nobody tells. */
  static String of(Path data) {
    try {
      return Files.getFileStore(data).type() + " file system";
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Whether pages of memory may be on a medium; a system that does not tell counts as one. */
  static boolean swap() {
    try {
      return swap(Files.readAllLines(SWAPS));
    } catch (IOException e) {
      return true;
    }
  }

  /** Compressed swap in memory (zram) is gone when the power is. */
  static boolean swap(List<String> lines) {
    return lines.stream()
        .skip(1) // the heading
        .anyMatch(line -> !line.isBlank() && !line.startsWith("/dev/zram"));
  }
}
