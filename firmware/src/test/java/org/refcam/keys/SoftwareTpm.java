// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Debian's swtpm on a socket, with its state in a directory; skipped where it is not installed. */
public final class SoftwareTpm implements AutoCloseable {
  private final Process process;
  private final Path socket;

  private SoftwareTpm(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  public static SoftwareTpm start(Path state) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/swtpm")), "swtpm is missing");
    Files.createDirectories(state);
    // A socket's path is at most 107 bytes.
    Path socket = Files.createTempDirectory("tpm").resolve("s");
    Process process =
        new ProcessBuilder(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate",
                "dir=" + state.toAbsolutePath(),
                "--server",
                "type=unixio,path=" + socket,
                "--flags",
                "not-need-init")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int i = 0; i < 500 && !listens(socket); i++) {
      Thread.sleep(20);
    }
    return new SoftwareTpm(process, socket);
  }

  /** Whether it takes connections: the file alone is there a moment earlier. */
  private static boolean listens(Path socket) throws IOException {
    String end = " " + socket;
    try (Stream<String> lines = Files.lines(Path.of("/proc/net/unix"))) {
      return lines.anyMatch(line -> line.contains(" 00010000 ") && line.endsWith(end));
    }
  }

  public String address() {
    return "unix:" + socket;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(socket);
    Files.deleteIfExists(socket.getParent());
  }
}
