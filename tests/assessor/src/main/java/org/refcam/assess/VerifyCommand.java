// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.evidence.DossierRules;
import org.refcam.assess.report.Seal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tests/assess verify DIR}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Says whether a report and all its evidence are as they were signed, and whether a dossier hangs together. Ends with 1 if not.")
final class VerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "folder of the report")
  private Path folder = Path.of("");

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      description =
          "public key that has to have signed it; without it any signer will do, and its fingerprint is printed")
  private @Nullable Path signer;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    try {
      String by =
          Seal.verify(
              folder, signer == null ? Optional.empty() : Optional.of(Seal.readPublic(signer)));
      out.println("unchanged since it was signed by the key with SHA-256 " + by);
      List<String> faults =
          Files.exists(folder.resolve("dossier.json")) ? DossierRules.faults(folder) : List.of();
      faults.forEach(fault -> out.println("does not hang together: " + fault));
      return faults.isEmpty() ? 0 : 1;
    } catch (Seal.BrokenSealException e) {
      out.println(e.getMessage());
      return 1;
    } finally {
      out.flush();
    }
  }
}
