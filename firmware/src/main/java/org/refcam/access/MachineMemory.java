// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory the machine has. Stateless. */
final class MachineMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Pattern TOTAL =
      Pattern.compile("^MemTotal: +(\\d{1,15}) kB$", Pattern.MULTILINE);

  private MachineMemory() {}

  /** Bytes, as the kernel counts them; 0 if it does not say. */
  static long bytes() {
    try {
      return bytes(Files.readString(MEMINFO));
    } catch (IOException e) {
      return 0; // not Linux: the least of everything
    }
  }

  static long bytes(String meminfo) {
    Matcher total = TOTAL.matcher(meminfo);
    return total.find() ? Long.parseLong(total.group(1)) * 1024 : 0;
  }
}
