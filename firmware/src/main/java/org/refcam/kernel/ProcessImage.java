// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** This process as the kernel sees it. Stateless. */
public final class ProcessImage {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private ProcessImage() {}

  /**
   * Replaces the process by its own command, started anew: {@code execve(2)} of {@code
   * /proc/self/exe} with the same arguments and environment. Process id, standard input, output and
   * error stay; every other descriptor, thread and page of memory goes. Shutdown hooks do not run.
   *
   * @throws IOException if the kernel refuses; the process goes on, but its descriptors will not
   *     survive a later exec
   */
  public static void replace() throws IOException {
    Calls.execute(arguments(Files.readAllBytes(COMMAND_LINE)));
  }

  /** The arguments of a {@code /proc/PID/cmdline}: each ends with a zero byte. */
  static byte[][] arguments(byte[] commandLine) {
    List<byte[]> arguments = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < commandLine.length; at++) {
      if (commandLine[at] == 0) {
        arguments.add(Arrays.copyOfRange(commandLine, start, at));
        start = at + 1;
      }
    }
    return arguments.toArray(new byte[0][]);
  }
}
