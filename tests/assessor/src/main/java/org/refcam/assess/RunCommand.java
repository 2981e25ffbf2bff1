// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.refcam.assess.report.Paper;
import org.refcam.assess.report.ReportJson;
import org.refcam.assess.report.Seal;
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
    version = "refcam-assess, catalogue 2026.11.1",
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

  @Mixin private AidOptions aids = new AidOptions();

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

  @Option(names = "--out", paramLabel = "DIR", description = "folder for the report, new or empty")
  private @Nullable Path out;

  @Option(
      names = "--label",
      paramLabel = "FILE",
      description = "label of a RefCam: serial, password, certificateSha256")
  private @Nullable Path label;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "an account, for what only a signed-in person sees")
  private String user = "";

  @Option(names = "--password-file", paramLabel = "FILE", description = "its password, first line")
  private @Nullable Path passwordFile;

  @Option(
      names = "--ports",
      paramLabel = "LIST",
      description =
          "TCP ports to try, as 80,443,8000-8100; default: those that cameras are known for, and those of the URL")
  private String ports = "";

  @Option(
      names = "--declared-ports",
      paramLabel = "LIST",
      description = "the maker's list of TCP ports")
  private String declaredPorts = "";

  @Option(names = "--factory", description = "the camera is in factory state")
  private boolean factory;

  @Option(names = "--capture", paramLabel = "FILE", description = "pcap taken at the gateway")
  private @Nullable Path capture;

  @Option(
      names = "--destinations",
      paramLabel = "FILE",
      description = "the maker's destinations: lines of ADDRESS COUNTRY")
  private @Nullable Path destinations;

  @Option(names = "--viet-nam-only", description = "storage in Viet Nam only is set on the camera")
  private boolean vietNamOnly;

  @Option(
      names = "--medium",
      paramLabel = "FILE",
      description = "raw copy of the storage after an erase")
  private @Nullable Path medium;

  @Option(
      names = "--canary",
      paramLabel = "TEXT",
      description = "what was written before the erase; may be repeated")
  private List<String> canaries = List.of();

  @Option(
      names = "--other-unit",
      paramLabel = "REPORT",
      description = "report.json of another unit of the model")
  private @Nullable Path otherUnit;

  @Option(
      names = "--guess-user",
      paramLabel = "NAME",
      description =
          "name to guess passwords for; it may be locked for a while. Default: one that does not exist")
  private String guessUser = "";

  @Option(
      names = "--key-space",
      paramLabel = "N",
      description = "how many passwords a guesser has to try; default ${DEFAULT-VALUE}")
  private double keySpace = Given.KEY_SPACE;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "how long to wait between default passwords; 0 leaves some out. Default ${DEFAULT-VALUE}")
  private int patience = 31;

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

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "private key to sign with (tests/assess key makes one); default: one made for this report")
  private @Nullable Path key;

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      description = "its public half; needed with --key")
  private @Nullable Path signer;

  @Option(names = "--no-pdf", description = "write no PDF")
  private boolean noPdf;

  @Option(
      names = "--lang",
      paramLabel = "en|vi",
      description = "language of the summary printed; default en")
  private String lang = "en";

  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  @Option(names = "--progress", description = "tell each step on standard error")
  private boolean progress;

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
      Given given = given().with(aids.lent(in, errors, lang, target));
      List<Integer> tried = tried(target);
      if (out != null) {
        Folder.requireEmpty(out);
      }
      Assessor assessor = new Assessor(catalogue, new SecureRandom(), line -> tell(errors, line));
      Limits limits = Limits.usual().within(Duration.ofMinutes(minutes), Duration.ofSeconds(10));
      Assessment found =
          merged(assessor.assess(target.addresses().get(0), tried, given, limits, profile, only));
      target
          .notLookedAt(given.aids().otherAddress())
          .ifPresent(more -> errors.println("assess: not looked at: " + more));
      write(catalogue, found, errors);
      print(found, print);
      return found.run().selfErrors() > 0 ? 2 : found.count(Verdict.FAIL) > 0 ? 1 : 0;
    } catch (Target.BadTargetException e) {
      throw new ParameterException(own.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private void tell(PrintWriter errors, String line) {
    if (progress || line.startsWith(Assessor.NOTE)) {
      errors.println("assess: " + line);
      errors.flush();
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
    if (!lang.matches("en|vi") || minutes < 1 || minutes > 60 || patience < 0 || keySpace < 1) {
      throw new ParameterException(
          own.commandLine(),
          "--lang is en or vi, --minutes 1 to 60, --patience from 0, --key-space from 1");
    }
    if (!user.isEmpty() && passwordFile == null) {
      throw new ParameterException(own.commandLine(), "--user needs --password-file");
    }
    aids.fault()
        .ifPresent(
            fault -> {
              throw new ParameterException(own.commandLine(), fault);
            });
    if ((key == null) != (signer == null)) {
      throw new ParameterException(own.commandLine(), "--key and --signer belong together");
    }
  }

  private List<Integer> tried(Target target) throws Target.BadTargetException {
    List<Integer> tried = new ArrayList<>(ports.isEmpty() ? Discovery.USUAL : Target.ports(ports));
    if (target.port() > 0) {
      tried.add(target.port());
    }
    return tried;
  }

  private Given given() throws IOException, Target.BadTargetException {
    Optional<Given.Label> onLabel = Optional.empty();
    if (label != null) {
      JsonNode tree = ReportJson.read(Files.readAllBytes(label));
      onLabel =
          Optional.of(
              new Given.Label(
                  tree.path("serial").asText(),
                  tree.path("password").asText(),
                  tree.path("certificateSha256").asText()));
    }
    Optional<Given.Credentials> person = Optional.empty();
    if (!user.isEmpty() && passwordFile != null) {
      List<String> lines = Files.readAllLines(passwordFile);
      person = Optional.of(new Given.Credentials(user, lines.isEmpty() ? "" : lines.get(0)));
    }
    return new Given(
        person,
        onLabel,
        factory,
        declaredPorts.isEmpty() ? List.of() : Target.ports(declaredPorts),
        Optional.ofNullable(capture),
        Optional.ofNullable(destinations),
        vietNamOnly,
        Optional.ofNullable(medium),
        canaries,
        otherUnit == null
            ? Optional.empty()
            : Optional.of(ReportJson.read(Files.readAllBytes(otherUnit))),
        guessUser,
        Duration.ofSeconds(patience),
        keySpace);
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

  private void write(Catalogue catalogue, Assessment found, PrintWriter errors) throws IOException {
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
    Folder.write(out, found, catalogue, with, browser, line -> tell(errors, line));
  }

  private void print(Assessment found, PrintWriter print) throws IOException {
    if (json) {
      print.print(new String(ReportJson.bytes(found), java.nio.charset.StandardCharsets.UTF_8));
    } else {
      for (Judged one : found.judged()) {
        if (one.verdict() == Verdict.FAIL) {
          print.println(
              one.verdict().words().in(lang)
                  + "  "
                  + one.requirement().id()
                  + "  "
                  + one.requirement().title().in(lang));
          print.println("    " + one.reason().in(lang));
        }
      }
      List<String> counts = new ArrayList<>();
      for (Verdict verdict : Verdict.values()) {
        counts.add(found.count(verdict) + " " + verdict.words().in(lang));
      }
      print.println(String.join(", ", counts) + (out == null ? "" : "  " + out));
    }
    print.flush();
  }
}
