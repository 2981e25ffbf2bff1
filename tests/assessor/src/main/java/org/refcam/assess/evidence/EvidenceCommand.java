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
import org.refcam.assess.report.Folder;
import org.refcam.assess.report.Paper;
import org.refcam.assess.report.Seal;
import org.refcam.tests.harness.CameraProcess;
import picocli.CommandLine.Command;
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
      "starts on loopback with a data directory of its own, and erases at the end."
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

  @Option(names = "--out", paramLabel = "DIR", description = "folder for the dossier, new or empty")
  private @Nullable Path out;

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

  @Option(names = "--key", paramLabel = "FILE", description = "private key to sign with")
  private @Nullable Path key;

  @Option(names = "--signer", paramLabel = "FILE", description = "its public half")
  private @Nullable Path signer;

  @Option(names = "--no-pdf", description = "write no PDF")
  private boolean noPdf;

  @Option(names = "--lang", paramLabel = "en|vi", description = "of what is printed; default en")
  private String lang = "en";

  @Option(names = "--progress", description = "tell each step on standard error")
  private boolean progress;

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
    if (out != null) {
      Folder.requireEmpty(out);
    }
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
              seen,
              line -> tell(errors, line));
      Dossier dossier = run.run(scratch);
      write(dossier, catalogue, errors);
      print(dossier, print);
      return dossier.unfit() || dossier.blackBox().count(Verdict.FAIL) > 0 ? 1 : 0;
    } finally {
      delete(scratch);
    }
  }

  private void check(CommandSpec own) {
    List<String> known = Checks.all().stream().map(one -> one.id()).toList();
    if (!known.containsAll(only) || !lang.matches("en|vi") || (key == null) != (signer == null)) {
      throw new ParameterException(
          own.commandLine(),
          "--only names checks, --lang is en or vi, --key and --signer belong together");
    }
  }

  private void tell(PrintWriter errors, String line) {
    if (progress) {
      errors.println("assess: " + line);
      errors.flush();
    }
  }

  private void write(Dossier dossier, Catalogue catalogue, PrintWriter errors) throws IOException {
    if (out == null) {
      return;
    }
    Folder.Signer with =
        key == null || signer == null
            ? Folder.Signer.fresh()
            : new Folder.Signer(Seal.readKey(key), Seal.readPublic(signer));
    Optional<Path> browser = noPdf ? Optional.empty() : Paper.browser();
    if (!noPdf && browser.isEmpty()) {
      errors.println("assess: no Chromium here, so no PDF; the HTML pages print as they are");
    }
    DossierFolder.write(out, dossier, catalogue, with, browser, line -> tell(errors, line));
  }

  private void print(Dossier dossier, PrintWriter print) {
    dossier.differences().forEach(one -> print.println("DIFFERENT  " + one));
    dossier.lint().forEach(one -> print.println("EMPTY REASON  " + one));
    for (Ruling one : dossier.rulings()) {
      if (one.status() == Status.NOT_VERIFIED) {
        print.println(one.status().words().in(lang) + "  " + one.requirement().id());
        print.println("    " + one.reason().in(lang));
      }
    }
    List<String> counts = new ArrayList<>();
    for (Status status : Status.values()) {
      counts.add(dossier.count(status) + " " + status.words().in(lang));
    }
    print.println(String.join(", ", counts) + (out == null ? "" : "  " + out));
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
