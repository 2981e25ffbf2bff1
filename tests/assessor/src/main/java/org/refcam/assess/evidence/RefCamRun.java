// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.refcam.assess.Assessor;
import org.refcam.assess.catalogue.Catalogue;
import org.refcam.assess.catalogue.Profile;
import org.refcam.assess.check.Checks;
import org.refcam.assess.check.Egress;
import org.refcam.assess.check.Given;
import org.refcam.assess.reach.Limits;
import org.refcam.assess.report.Assessment;
import org.refcam.assess.report.Judged;
import org.refcam.assess.report.ReasonLint;
import org.refcam.assess.report.ReportJson;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.CameraProcess.Place;
import org.refcam.tests.harness.Rest;

/**
 * One run: starts the camera of this tree in factory state, looks, sets it up, reads its evidence,
 * scans it, assesses it from outside, asks the release side, and erases it at the end. Confined to
 * the caller's thread.
 */
public final class RefCamRun {
  /** Checks that read a capture. */
  private static final Set<String> CAPTURED = Set.of("egress.capture", "egress.clear");

  private final SecureRandom random = new SecureRandom();
  private final Optional<String> missing;
  private final Catalogue catalogue;
  private final Tree tree;
  private final Supply.Given given;
  private final Set<String> only;
  private final UnaryOperator<Scan> seen;
  private final Consumer<String> progress;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, Done> runs = new LinkedHashMap<>();

  /**
   * @param only black-box checks to run; empty for all
   * @param missing why there can be no gateway; empty if one is to be made
   * @param seen what becomes of the scan before it is compared: tests make up differences
   * @param progress told a line before each step
   */
  RefCamRun(
      Catalogue catalogue,
      Tree tree,
      Supply.Given given,
      Set<String> only,
      Optional<String> missing,
      UnaryOperator<Scan> seen,
      Consumer<String> progress) {
    this.catalogue = catalogue;
    this.tree = tree;
    this.given = given;
    this.only = Set.copyOf(only);
    this.missing = missing;
    this.seen = seen;
    this.progress = progress;
  }

  /**
   * Runs.
   *
   * @param scratch an empty folder for intermediate files
   */
  Dossier run(Path scratch) throws IOException {
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long begin = System.nanoTime();
    Claims claims = Claims.read();
    progress.accept("starting the camera of this build");
    Optional<Gateway> gateway = gateway(scratch);
    try (AutoClosing closing = new AutoClosing(gateway);
        CameraProcess camera = CameraProcess.startAt(place(gateway), List.of("--source", "test"))) {
      progress.accept("looking at it in factory state");
      Set<String> open = Scan.openBeforeSetUp(camera.rest());
      Rest owner = camera.setUp();
      Facts facts = facts(owner);
      progress.accept("scanning it");
      Scan scan = seen.apply(Scan.of(camera, owner, open));
      List<Difference> differences = new ArrayList<>(Drift.between(facts, scan));
      progress.accept("assessing it from outside");
      Assessment early = outside(camera, checks(gateway.isPresent()), Optional.empty());
      progress.accept("asking for the bill of materials");
      new Supply(tree, scratch, files, runs).ask(given, facts.tree().path("firmware").asText());
      progress.accept("erasing it");
      Erased.erase(camera, owner, tree, files, runs);
      WayOut wayOut = wayOut(gateway, camera, facts);
      differences.addAll(wayOut.differences());
      Assessment blackBox =
          gateway.isPresent() ? later(early, camera, facts, gateway.get()) : early;
      progress.accept("reading the tree");
      Invariants invariants = Invariants.of(tree);
      keep(facts, scan, wayOut, differences, invariants);
      files.putAll(Documents.of(tree, claims));
      Proofs proofs = new Proofs(facts, invariants, differences, wayOut.found(), runs);
      List<Ruling> rulings = rulings(blackBox, claims, proofs);
      return new Dossier(
          started.toString(),
          (System.nanoTime() - begin) / 1e9,
          Commit.of(tree),
          facts,
          scan.lines(),
          wayOut.found(),
          differences,
          invariants.all(),
          rulings,
          runs,
          blackBox,
          files,
          lint(rulings));
    }
  }

  private static Facts facts(Rest owner) throws IOException {
    Rest.Answer answer = owner.get("evidence");
    if (answer.status() != 200) {
      throw new IOException("GET evidence answered " + answer.status());
    }
    return Facts.of(answer.json());
  }

  /** None where this machine has none, and the reader is told so. */
  private Optional<Gateway> gateway(Path scratch) throws IOException {
    if (missing.isPresent()) {
      progress.accept("no gateway, so nothing is captured: " + missing.get());
      return Optional.empty();
    }
    progress.accept("laying a network of its own with a gateway that captures");
    return Optional.of(Gateway.open(Files.createDirectory(scratch.resolve("gateway")), random));
  }

  private static Place place(Optional<Gateway> gateway) throws IOException {
    return gateway.isEmpty()
        ? Place.HERE
        : new Place(
            gateway.get().inside(), gateway.get().cameraAddress().getHostAddress(), Map.of());
  }

  private WayOut wayOut(Optional<Gateway> gateway, CameraProcess camera, Facts facts)
      throws IOException {
    if (gateway.isEmpty()) {
      return WayOut.looked(missing.orElse("no gateway"));
    }
    progress.accept("reading what the gateway captured");
    Path capture = gateway.get().stop();
    files.put(WayOut.CAPTURE, Files.readAllBytes(capture));
    return WayOut.captured(capture, InetAddress.getByName(camera.address()), facts);
  }

  /** The checks to run at once: with a gateway, not those that read its capture. */
  private Set<String> checks(boolean captured) {
    Set<String> now = new TreeSet<>(only);
    if (captured && only.isEmpty()) {
      Checks.all().forEach(one -> now.add(one.id()));
    }
    // None left would mean all.
    if (captured && !CAPTURED.containsAll(now)) {
      now.removeAll(CAPTURED);
    }
    return now;
  }

  /** Adds the checks that read the capture, which is whole only now. */
  private Assessment later(Assessment early, CameraProcess camera, Facts facts, Gateway gateway)
      throws IOException {
    Set<String> left = new TreeSet<>(CAPTURED);
    if (!only.isEmpty()) {
      left.retainAll(only);
    }
    return left.isEmpty()
        ? early
        : early.with(outside(camera, left, Optional.of(egress(facts, gateway))), catalogue);
  }

  private static Egress egress(Facts facts, Gateway gateway) throws IOException {
    boolean vietNamOnly =
        facts
            .value("external-services", "policy", "vietNamOnly")
            .filter("true"::equals)
            .isPresent();
    return new Egress(
        Optional.of(gateway.stop()),
        Gateway.WAY,
        Optional.of(WayOut.declared(facts)),
        vietNamOnly,
        Optional.empty());
  }

  /**
   * @param checks to run; empty for all
   * @param egress given once the camera has been erased, when it has no owner to sign in
   */
  private Assessment outside(CameraProcess camera, Set<String> checks, Optional<Egress> egress)
      throws IOException {
    JsonNode label = camera.label();
    List<Integer> ports = List.of(camera.https().getPort(), camera.rtspsPort());
    Optional<Given.Credentials> owner =
        egress.isPresent()
            ? Optional.empty()
            : Optional.of(new Given.Credentials("owner", CameraProcess.OWNER_PASSWORD));
    Given told =
        new Given(
            owner,
            Optional.of(
                new Given.Label(
                    label.path("serial").asText(),
                    label.path("password").asText(),
                    label.path("certificateSha256").asText())),
            false,
            ports,
            egress.orElse(Egress.untold()),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            "",
            Duration.ZERO,
            Given.KEY_SPACE);
    return new Assessor(catalogue, random, progress)
        .assess(
            InetAddress.getByName(camera.address()),
            ports,
            told,
            Limits.usual(),
            Profile.ALL,
            checks);
  }

  private static List<Ruling> rulings(Assessment blackBox, Claims claims, Proofs proofs) {
    List<Ruling> rulings = new ArrayList<>();
    for (Judged judged : blackBox.judged()) {
      String id = judged.requirement().id();
      Claims.Claim claim =
          Objects.requireNonNull(claims.byRequirement().get(id), id + " is not in the mapping");
      rulings.add(Ruling.of(judged, claim, proofs));
    }
    return rulings;
  }

  private void keep(
      Facts facts, Scan scan, WayOut wayOut, List<Difference> differences, Invariants invariants)
      throws IOException {
    files.put(Proofs.IXIT, ReportJson.write(facts.tree()));
    List<String> lines = new ArrayList<>(scan.lines());
    lines.add("where it sends: " + wayOut.found().en());
    lines.add("differences from the evidence: " + differences.size());
    differences.forEach(one -> lines.add("  " + one));
    files.put(Proofs.SCAN, bytes(lines));
    for (Invariants.Invariant one : invariants.all()) {
      List<String> text = new ArrayList<>();
      text.add(one.id() + ": " + one.holds());
      text.add("against: " + one.against());
      text.add("not promised: " + one.notPromised());
      one.owners().forEach(owner -> text.add("kept in: " + owner));
      one.tests()
          .forEach(test -> text.add("attacked in: " + test.file() + "\n  " + test.told().en()));
      files.put(Proofs.file(one.id()), bytes(text));
    }
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lint(List<Ruling> rulings) {
    List<String> faults = new ArrayList<>();
    for (Ruling one : rulings) {
      Set<ReasonLint.Fault> found = ReasonLint.faults(one.reason().en(), one.requirement().title());
      if (!found.isEmpty()) {
        faults.add(one.requirement().id() + ": " + found + ": " + one.reason().en());
      }
    }
    return faults;
  }

  /** The gateway goes after the camera that is behind it. */
  private record AutoClosing(Optional<Gateway> gateway) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (gateway.isPresent()) {
        gateway.get().close();
      }
    }
  }
}
