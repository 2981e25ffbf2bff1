// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.check.Checks;
import org.refcam.assess.check.Verdict;
import org.refcam.assess.report.ReportOptions;
import org.refcam.tests.harness.CameraProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tests/assess --evidence}: the conformity dossier of RefCam itself. */
@Command(
    name = "assess --evidence",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the conformity dossier of RefCam itself from this source tree and a camera that it",
      "starts with a data directory of its own, in a network of its own where it may, and erases at the end."
    },
    footer = {
      "",
      "Ends with 0 if the dossier is true and nothing failed; 1 if the camera is not as it declares,",
      "a reason is empty, or the black box failed something; 2 if it could not be made.",
      "",
      "  tests/assess --evidence --out dossier",
      "  tests/assess --evidence --out dossier --feed osv/ --cases cases/ --key lab.pem --signer lab.pem.pub"
    })
public final class EvidenceCommand implements Callable<Integer> {
  /** The option by which the command is called. */
  public static final String OPTION = "--evidence";

  private final UnaryOperator<Scan> seen;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = OPTION, required = true, description = "this command")
  private boolean evidence;

  @Mixin private ReportOptions report = new ReportOptions();

  @Option(
      names = "--feed",
      paramLabel = "FILE|DIR",
      description = "known vulnerabilities in OSV's format")
  private @Nullable Path feed;

  @Option(
      names = "--sbom",
      paramLabel = "FILE",
      description = "CycloneDX of the release; default: made of the camera's jars")
  private @Nullable Path sbom;

  @Option(
      names = "--cases",
      paramLabel = "DIR",
      description = "case book of refcam-tools vulnerability, for the patch clock")
  private @Nullable Path cases;

  @Option(
      names = "--ledger",
      paramLabel = "DIR",
      description = "update repository whose ledger goes into the dossier")
  private @Nullable Path ledger;

  @Option(
      names = "--only",
      paramLabel = "CHECK",
      split = ",",
      description = "run these black-box checks only")
  private Set<String> only = Set.of();

  @Option(
      names = "--no-gateway",
      description =
          "start the camera on loopback; otherwise root gives it a network of its own and captures at its gateway")
  private boolean noGateway;

  public EvidenceCommand() {
    this(UnaryOperator.identity());
  }

  /**
   * @param seen what becomes of the scan before it is compared: tests make up differences
   */
  EvidenceCommand(UnaryOperator<Scan> seen) {
    this.seen = seen;
  }

  @Override
  public Integer call() throws Exception {
    CommandSpec own = Objects.requireNonNull(spec);
    PrintWriter print = own.commandLine().getOut();
    PrintWriter errors = own.commandLine().getErr();
    check(own);
    report.requireEmpty();
    Catalogue catalogue = Catalogue.read();
    Path scratch = Files.createTempDirectory("refcam-dossier-");
    try {
      RefCamRun run =
          new RefCamRun(
              catalogue,
              new Tree(CameraProcess.repository()),
              new Supply.Given(
                  Optional.ofNullable(sbom),
                  Optional.ofNullable(feed),
                  Optional.ofNullable(cases),
                  Optional.ofNullable(ledger)),
              only,
              noGateway ? Optional.of("--no-gateway") : Gateway.missing(),
              seen,
              line -> report.tell(errors, line));
      Dossier dossier = run.run(scratch);
      report.write(
          errors,
          (folder, signer, browser, line) ->
              DossierFolder.write(folder, dossier, catalogue, signer, browser, line));
      print(dossier, print);
      return dossier.unfit() || dossier.blackBox().count(Verdict.FAIL) > 0 ? 1 : 0;
    } finally {
      delete(scratch);
    }
  }

  private void check(CommandSpec own) {
    List<String> known = Checks.all().stream().map(one -> one.id()).toList();
    if (!known.containsAll(only)) {
      throw new ParameterException(
          own.commandLine(), "--only names checks: " + String.join(", ", known));
    }
    report
        .fault()
        .ifPresent(
            fault -> {
              throw new ParameterException(own.commandLine(), fault);
            });
  }

  private void print(Dossier dossier, PrintWriter print) {
    dossier.differences().forEach(one -> print.println("DIFFERENT  " + one));
    dossier.lint().forEach(one -> print.println("EMPTY REASON  " + one));
    for (Ruling one : dossier.rulings()) {
      if (one.status() == Status.NOT_VERIFIED) {
        print.println(one.status().words().in(report.lang()) + "  " + one.requirement().id());
        print.println("    " + one.reason().in(report.lang()));
      }
    }
    List<String> counts = new ArrayList<>();
    for (Status status : Status.values()) {
      counts.add(dossier.count(status) + " " + status.words().in(report.lang()));
    }
    print.println(String.join(", ", counts) + report.where());
    print.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
