// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Profile;
import org.refcam.assess.check.Given;
import org.refcam.assess.check.Verdict;
import org.refcam.assess.reach.Discovery;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.report.Assessment;
import org.refcam.assess.report.Folder;
import org.refcam.assess.report.Judged;
import org.refcam.assess.report.ReportJson;
import org.refcam.assess.report.ReportOptions;
import org.refcam.assess.report.Worksheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tests/assess HOST}: assesses the camera at an address. */
@Command(
    name = "assess",
    mixinStandardHelpOptions = true,
    versionProvider = CatalogueVersion.class,
    description = {
      "Assesses any IP camera at an address that you name, from the network, without harming it.",
      "It sends to no other address. Run it only on a camera that you may test."
    },
    footer = {
      "",
      "Ends with 0 if nothing failed, 1 if something did, 2 if it was called wrongly or could not finish.",
      "",
      "  tests/assess https://192.168.1.20 --out report",
      "  tests/assess compare before/ after/",
      "  tests/assess verify report/",
      "  tests/assess --evidence --out dossier     the dossier of RefCam itself; --evidence --help"
    },
    subcommands = {
      CompareCommand.class,
      VerifyCommand.class,
      KeyCommand.class,
      CatalogueCommand.class
    })
final class RunCommand implements Callable<Integer> {
  private final BufferedReader in;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private GivenOptions told = new GivenOptions();

  @Mixin private EgressOptions egress = new EgressOptions();

  @Mixin private AidOptions aids = new AidOptions();

  @Mixin private ReportOptions report = new ReportOptions();

  RunCommand(BufferedReader in) {
    this.in = in;
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST",
      description = "name, address or URL of the camera")
  private String host = "";

  @Option(
      names = "--profile",
      paramLabel = "ID",
      description = "regime to report on; default all. tests/assess catalogue lists them")
  private String profile = Profile.ALL;

  @Option(
      names = "--ports",
      paramLabel = "LIST",
      description =
          "TCP ports to try, as 80,443,8000-8100; default: those that cameras are known for, and those of the URL")
  private String ports = "";

  @Option(
      names = "--only",
      paramLabel = "CHECK",
      split = ",",
      description = "run these checks only")
  private Set<String> only = Set.of();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "bound of the whole run; default ${DEFAULT-VALUE}")
  private int minutes = 9;

  @Option(
      names = "--worksheet",
      paramLabel = "FILE",
      description = "a filled worksheet of an earlier run")
  private @Nullable Path worksheet;

  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    CommandSpec own = java.util.Objects.requireNonNull(spec);
    PrintWriter print = own.commandLine().getOut();
    PrintWriter errors = own.commandLine().getErr();
    if (host.isEmpty()) {
      throw new ParameterException(
          own.commandLine(), "name the camera: tests/assess HOST, or see tests/assess --help");
    }
    Catalogue catalogue = Catalogue.read();
    Target target;
    try {
      target = Target.parse(host);
      check(own, catalogue);
      Given given = told.given(egress.egress()).with(aids.lent(in, errors, report.lang(), target));
      List<Integer> tried = tried(target);
      report.requireEmpty();
      Assessor assessor = new Assessor(catalogue, new SecureRandom(), line -> tell(errors, line));
      Limits limits = Limits.usual().within(Duration.ofMinutes(minutes), Duration.ofSeconds(10));
      Assessment found =
          merged(assessor.assess(target.addresses().get(0), tried, given, limits, profile, only));
      target
          .notLookedAt(given.aids().otherAddress())
          .ifPresent(more -> errors.println("assess: not looked at: " + more));
      report.write(
          errors,
          (folder, signer, browser, line) ->
              Folder.write(folder, found, catalogue, signer, browser, line));
      print(found, print);
      return found.run().selfErrors() > 0 ? 2 : found.count(Verdict.FAIL) > 0 ? 1 : 0;
    } catch (Target.BadTargetException e) {
      throw new ParameterException(own.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private void tell(PrintWriter errors, String line) {
    if (line.startsWith(Assessor.NOTE)) {
      report.note(errors, line);
    } else {
      report.tell(errors, line);
    }
  }

  private void check(CommandSpec own, Catalogue catalogue) {
    if (!profile.equals(Profile.ALL) && catalogue.profile(profile).isEmpty()) {
      throw new ParameterException(
          own.commandLine(), "no profile " + profile + "; tests/assess catalogue lists them");
    }
    Set<String> known = new TreeSet<>();
    org.refcam.assess.check.Checks.all().forEach(c -> known.add(c.id()));
    for (String id : only) {
      if (!known.contains(id)) {
        throw new ParameterException(
            own.commandLine(), "no check " + id + "; there are " + String.join(", ", known));
      }
    }
    if (minutes < 1 || minutes > 60) {
      throw new ParameterException(own.commandLine(), "--minutes is 1 to 60");
    }
    for (Optional<String> fault : List.of(told.fault(), aids.fault(), report.fault())) {
      if (fault.isPresent()) {
        throw new ParameterException(own.commandLine(), fault.get());
      }
    }
  }

  private List<Integer> tried(Target target) throws Target.BadTargetException {
    List<Integer> tried = new ArrayList<>(ports.isEmpty() ? Discovery.USUAL : Target.ports(ports));
    if (target.port() > 0) {
      tried.add(target.port());
    }
    return tried;
  }

  private Assessment merged(Assessment found) throws IOException, Worksheet.RefusedException {
    if (worksheet == null) {
      return found;
    }
    List<Judged> judged =
        Worksheet.merge(found.judged(), ReportJson.read(Files.readAllBytes(worksheet)));
    return new Assessment(
        found.run(),
        found.profile(),
        found.endpoints(),
        found.keys(),
        found.findings(),
        judged,
        found.evidence());
  }

  private void print(Assessment found, PrintWriter print) throws IOException {
    if (json) {
      print.print(new String(ReportJson.bytes(found), java.nio.charset.StandardCharsets.UTF_8));
    } else {
      for (Judged one : found.judged()) {
        if (one.verdict() == Verdict.FAIL) {
          print.println(
              one.verdict().words().in(report.lang())
                  + "  "
                  + one.requirement().id()
                  + "  "
                  + one.requirement().title().in(report.lang()));
          print.println("    " + one.reason().in(report.lang()));
        }
      }
      List<String> counts = new ArrayList<>();
      for (Verdict verdict : Verdict.values()) {
        counts.add(found.count(verdict) + " " + verdict.words().in(report.lang()));
      }
      print.println(String.join(", ", counts) + report.where());
    }
    print.flush();
  }
}
