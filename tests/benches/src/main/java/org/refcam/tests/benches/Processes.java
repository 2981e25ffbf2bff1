// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Running helpers to their end. */
final class Processes {
  private static final int LIMIT_SECONDS = 180;

  private Processes() {}

  /** A command line of whole words, words in one text, and a last word. */
  static List<String> words(List<String> first, String more, String last) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more.split(" ")));
    all.add(last);
    return all;
  }

  /**
   * Runs a command whose messages go to standard error.
   *
   * @throws IOException if it fails or takes too long
   */
  static void run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command.get(0) + " took over " + LIMIT_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new IOException(command.get(0) + " ended with " + process.exitValue());
    }
  }
}
