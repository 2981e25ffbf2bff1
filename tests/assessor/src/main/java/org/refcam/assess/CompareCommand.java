// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.report.Comparison;
import org.refcam.assess.report.ReportJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tests/assess compare A B}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description =
        "Says which verdicts differ in two reports, and which TLS keys both have. Ends with 1 if something fails that did not before.")
final class CompareCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "folder or report.json of the first run")
  private Path before = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "B",
      description = "folder or report.json of the second run")
  private Path after = Path.of("");

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Comparison found =
        Comparison.of(
            ReportJson.read(Files.readAllBytes(report(before))),
            ReportJson.read(Files.readAllBytes(report(after))));
    found.changes().forEach(c -> out.println(c.id() + ": " + c.before() + " -> " + c.after()));
    found.sharedKeys().forEach(k -> out.println("both show the same key at " + k));
    if (found.changes().isEmpty()) {
      out.println("no verdict differs");
    }
    out.flush();
    return found.changes().stream().anyMatch(Comparison.Change::worse) ? 1 : 0;
  }

  private static Path report(Path given) {
    return Files.isDirectory(given) ? given.resolve("report.json") : given;
  }
}
