// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Text;
import org.refcam.assess.check.Check;
import org.refcam.assess.check.Checks;
import org.refcam.assess.check.Evidence;
import org.refcam.assess.check.Finding;
import org.refcam.assess.check.Given;
import org.refcam.assess.check.Subject;
import org.refcam.assess.check.Verdict;
import org.refcam.assess.reach.BudgetException;
import org.refcam.assess.reach.Discovery;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.reach.Reach;
import org.refcam.assess.reach.Talk;
import org.refcam.assess.report.Assessment;
import org.refcam.assess.report.Judge;
import org.refcam.assess.report.Judged;

/** Runs all checks against one address. Confined to the caller's thread. */
public final class Assessor {
  private final Catalogue catalogue;
  private final SecureRandom random;
  private final Consumer<String> progress;

  /**
   * @param progress told a line before each step
   */
  public Assessor(Catalogue catalogue, SecureRandom random, Consumer<String> progress) {
    this.catalogue = catalogue;
    this.random = random;
    this.progress = progress;
  }

  /**
   * Assesses.
   *
   * @param only ids of checks to run; empty for all
   * @throws IOException if the address cannot be reached at all
   */
  public Assessment assess(
      InetAddress address,
      Collection<Integer> ports,
      Given given,
      Limits limits,
      String profile,
      Set<String> only)
      throws IOException {
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long begin = System.nanoTime();
    Reach reach = new Reach(address, given.aids().otherAddress(), limits);
    progress.accept("looking at " + ports.size() + " TCP ports of " + reach.address());
    Discovery.Found found = Discovery.look(reach, ports);
    List<String> secrets = new ArrayList<>();
    given.person().ifPresent(p -> secrets.add(p.password()));
    given.label().ifPresent(l -> secrets.add(l.password()));
    Evidence evidence = new Evidence(secrets);
    Subject subject =
        recognised(new Subject(new Talk(reach), found, given, evidence, random), evidence);
    Map<String, Finding> findings = new LinkedHashMap<>();
    int selfErrors = 0;
    List<Check> checks =
        Checks.all().stream().filter(c -> only.isEmpty() || only.contains(c.id())).toList();
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      progress.accept((i + 1) + "/" + checks.size() + " " + check.id() + ": " + check.title().en());
      Finding finding = look(check, subject);
      selfErrors += finding.reason().en().startsWith(OWN_FAULT) ? 1 : 0;
      findings.put(check.id(), finding);
    }
    List<Judged> judged =
        catalogue.of(profile).stream().map(r -> Judge.judge(r, findings)).toList();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Assessment.Run run =
        new Assessment.Run(
            catalogue.version(),
            reach.address(),
            started.toString(),
            seconds,
            reach.connections(),
            reach.bytesRead(),
            selfErrors);
    return new Assessment(
        run,
        profile,
        found.endpoints().stream().map(org.refcam.assess.reach.Endpoint::name).toList(),
        keys(subject),
        List.copyOf(findings.values()),
        judged,
        evidence.files());
  }

  private Subject recognised(Subject subject, Evidence evidence) throws IOException {
    try {
      subject.recognise();
      Optional<String> distrust =
          subject.given().person().isPresent() ? Checks.distrust(subject) : Optional.empty();
      if (distrust.isPresent()) {
        progress.accept(NOTE + "the account is not used: " + distrust.get());
        Given less = subject.given().withoutPerson();
        Subject stranger = new Subject(subject.talk(), subject.found(), less, evidence, random);
        stranger.recognise();
        return stranger;
      }
    } catch (BudgetException e) {
      progress.accept(NOTE + "the subject was not recognised: " + e.getMessage());
    }
    return subject;
  }

  private static Map<String, String> keys(Subject subject) throws IOException {
    try {
      return Checks.keys(subject);
    } catch (BudgetException e) {
      return Map.of();
    }
  }

  /** Begins a line of progress that the user has to see. */
  static final String NOTE = "note: ";

  private static final String OWN_FAULT = "the assessor itself failed: ";

  private Finding look(Check check, Subject subject) {
    try {
      return check.look(subject);
    } catch (IOException e) {
      String file = subject.evidence().keep(check.id(), "broke off: " + e + "\n");
      String why = String.valueOf(e.getMessage());
      return new Finding(
          check.id(),
          Verdict.UNKNOWN,
          new Text(
              "the subject broke off: " + why + "; try by hand",
              "thiết bị ngắt giữa chừng: " + why + "; hãy thử bằng tay"),
          List.of(file));
    } catch (RuntimeException e) {
      // A fault of ours must cost one verdict and be told, not the whole report.
      progress.accept(NOTE + OWN_FAULT + e);
      java.io.StringWriter trace = new java.io.StringWriter();
      e.printStackTrace(new java.io.PrintWriter(trace));
      String file = subject.evidence().keep(check.id(), OWN_FAULT + trace + "\n");
      return new Finding(
          check.id(),
          Verdict.UNKNOWN,
          new Text(
              OWN_FAULT + e.getClass().getSimpleName(),
              "chính công cụ bị lỗi: " + e.getClass().getSimpleName()),
          List.of(file));
    }
  }
}
