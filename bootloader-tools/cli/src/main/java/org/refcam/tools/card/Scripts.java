// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The scripts of {@code bootloader-tools}, run with their output on this command's standard error.
 * Immutable.
 */
public record Scripts(Path directory) {
  /** Where the launcher says that the scripts are. */
  public static Scripts ofLauncher() throws IOException {
    Path directory = Path.of(System.getProperty("refcam.tools", "bootloader-tools"));
    if (!Files.isExecutable(directory.resolve("rootfs").resolve("build"))) {
      throw new IOException(
          "no build scripts in " + directory + "; use the source tree's refcam-tools");
    }
    return new Scripts(directory);
  }

  /**
   * @throws IOException if it ends with another status than 0; what it printed says why
   */
  public void run(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(directory.resolve(script).toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("/dev/stderr").toFile()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(script + " failed with " + status);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
