// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of the peers' programs, bounded in time. */
final class Tool {
  /** How it ended; -1 is a time-out. */
  record Result(int exit, String out, String err) {}

  private Tool() {}

  static Result run(Duration limit, List<String> command) throws IOException {
    Path out = Files.createTempFile("tool-", ".out");
    Path err = Files.createTempFile("tool-", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exit = -1;
    try {
      if (process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        exit = process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    Result result = new Result(exit, Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }
}
