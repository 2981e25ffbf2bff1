// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.refcam.tests.harness.CameraProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The vault's own bench, which lives beside the vault, in a virtual machine of its own. */
@Command(
    name = "vault",
    mixinStandardHelpOptions = true,
    description =
        "Recordings at rest: sealing, recording, seeking, index; beside openssl, age, gocryptfs.")
final class VaultBench extends Bench {
  private static final int LIMIT_MINUTES = 10;

  @Option(names = "--directory", description = "Where to record. Default: a temporary one")
  Path directory = Path.of(System.getProperty("java.io.tmpdir"));

  @Override
  void measure(Report report) throws IOException, InterruptedException {
    Path target = CameraProcess.repository().resolve("firmware/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    // The camera's own collector and heap, but for what the bench itself keeps.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp"));
    command.add(
        target.resolve("test-classes") + ":" + target.resolve("classes") + ":" + target + "/lib/*");
    command.add("org.refcam.vault.VaultBench");
    if (quick) {
      command.add("--quick");
    }
    command.add(directory.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Report.Table table = report.table("vault", "figure", "value", "unit");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        progress("%s", line);
        String[] cells = line.split("\t", -1);
        if (cells.length == 3) {
          table.row(cells[0], Double.parseDouble(cells[1]), cells[2]);
        } else {
          table.row(line, "-", "");
        }
      }
    }
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("the vault's bench failed");
    }
  }
}
