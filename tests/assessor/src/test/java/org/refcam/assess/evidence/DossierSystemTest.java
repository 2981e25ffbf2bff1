// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.report.ReportJson;
import org.refcam.assess.report.Schema;
import org.refcam.assess.report.Seal;
import org.refcam.tests.harness.CameraProcess;
import picocli.CommandLine;

/** The dossier of this build, by the command that makes it. */
class DossierSystemTest {
  /** A part of the black box that takes little time; {@code RefCamSystemTest} runs all of it. */
  private static final String SOME =
      "ports.declared,ports.debug,anon.rest,tls.versions,factory.closed,egress.capture,egress.clear";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** What {@code refcam-tools sbom} would list, without building it here. */
  private Path bill() throws Exception {
    Path launcher = CameraProcess.repository().resolve("firmware/refcam");
    Process build =
        new ProcessBuilder(launcher.toString(), "--help")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("build.log").toFile())
            .start();
    assertThat(build.waitFor()).as("firmware/refcam --help").isZero();
    List<String> parts = new ArrayList<>();
    try (Stream<Path> jars =
        Files.list(CameraProcess.repository().resolve("firmware/target/lib"))) {
      jars.map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*$", ""))
          .forEach(name -> parts.add("{\"name\":\"" + name + "\"}"));
    }
    assertThat(parts).hasSizeGreaterThan(10);
    return Files.writeString(
        folder.resolve("bom.json"),
        "{\"bomFormat\":\"CycloneDX\",\"components\":[" + String.join(",", parts) + "]}");
  }

  /** Stays after the test, as a build's dossier. */
  private static Path emptied(Path kept) throws Exception {
    if (Files.exists(kept)) {
      try (Stream<Path> all = Files.walk(kept)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
    return kept;
  }

  private int run(UnaryOperator<Scan> seen, String only, Path into, Path sbom) {
    return new CommandLine(new EvidenceCommand(seen))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("--evidence", "--out", "" + into, "--sbom", "" + sbom, "--only", only, "--no-pdf");
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void dossier_ofThisBuild_isWholeAndTrue() throws Exception {
    Path made = emptied(Path.of("target", "dossier"));
    int code = run(UnaryOperator.identity(), SOME, made, bill());
    assertThat(code).as(out + "" + err).isZero();
    JsonNode dossier = ReportJson.read(Files.readAllBytes(made.resolve("dossier.json")));
    try (InputStream schema =
        Objects.requireNonNull(EvidenceCommand.class.getResourceAsStream("dossier.schema.json"))) {
      assertThat(Schema.faults(ReportJson.read(schema.readAllBytes()), dossier)).isEmpty();
    }
    assertThat(dossier.path("differences")).isEmpty();
    assertThat(DossierRules.faults(made)).isEmpty();
    rulesCannotBeFooled(made, dossier);
    wayOutIsToldEverywhere(made, dossier);
    assertThat(dossier.path("lint")).isEmpty();
    assertThat(dossier.path("requirements")).hasSize(152);
    everyClaimHasItsFile(made, dossier);
    everyConditionLooksAtAFact(dossier);
    runsAreDone(dossier);
    pagesAreRight(made);
    Seal.verify(made, Optional.empty());
    secretsAreOut(made);
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void madeUpDifference_failsTheCommand() throws Exception {
    UnaryOperator<Scan> telnet =
        scan -> {
          Set<Integer> more = new TreeSet<>(scan.tcp());
          more.add(23);
          return new Scan(
              more,
              scan.udp(),
              scan.tls(),
              scan.calls(),
              scan.open(),
              scan.remotes(),
              scan.destinations());
        };
    int code = run(telnet, "ports.debug", folder.resolve("other"), bill());
    assertThat(code).as(out + "" + err).isEqualTo(1);
    assertThat(out.toString()).contains("DIFFERENT  ports: listening TCP ports");
  }

  /** What somebody would change who wants a dossier to look better than it is. */
  private void rulesCannotBeFooled(Path made, JsonNode dossier) throws Exception {
    String verified = first(dossier, "VERIFIED");
    assertThat(
            changed(
                made,
                dossier,
                first(dossier, "NEEDS_PERSON"),
                one -> one.put("result", "VERIFIED")))
        .anyMatch(fault -> fault.contains("verified, but"));
    assertThat(changed(made, dossier, verified, one -> one.putArray("evidence")))
        .contains(verified + ": verified without a file");
    assertThat(
            changed(
                made, dossier, verified, one -> one.putArray("evidence").add("../dossier.json")))
        .contains(verified + ": ../dossier.json is not there, or empty");
    assertThat(
            changed(
                made, dossier, verified, one -> one.set("reason", one.path("title").deepCopy())))
        .anyMatch(fault -> fault.startsWith(verified + ": the reason is"))
        .anyMatch(fault -> fault.contains("CIRCULAR"));
    assertThat(changed(made, dossier, verified, one -> one.put("id", "another")))
        .contains(verified + ": stands in it 0 times", "another: is not in the mapping");
    Optional<String> byProof = byProof(dossier);
    if (byProof.isPresent()) {
      assertThat(
              changed(
                  made,
                  dossier,
                  byProof.get(),
                  one -> ((ObjectNode) one.path("proofs").get(0)).put("holds", "no")))
          .anyMatch(fault -> fault.contains("does not hold in it"));
    }
    ObjectNode bare = dossier.deepCopy();
    ((ObjectNode) bare.path("ixit").get(0).path("rows").get(0)).putArray("facts");
    assertThat(faults(made, bare)).anyMatch(fault -> fault.endsWith(": no facts"));
    Path gone = made.resolve(dossier.path("invariants").get(0).path("file").asText());
    byte[] was = Files.readAllBytes(gone);
    Files.delete(gone);
    assertThat(DossierRules.faults(made)).anyMatch(fault -> fault.contains("is not there"));
    Files.write(gone, was);
    assertThat(DossierRules.faults(made)).isEmpty();
  }

  private static String first(JsonNode dossier, String result) {
    for (JsonNode one : dossier.path("requirements")) {
      if (one.path("result").asText().equals(result)) {
        return one.path("id").asText();
      }
    }
    throw new AssertionError("nothing is " + result);
  }

  /** A verified requirement whose first proof the mapping wants; none where no test has run. */
  private static Optional<String> byProof(JsonNode dossier) throws Exception {
    for (JsonNode one : dossier.path("requirements")) {
      String id = one.path("id").asText();
      boolean wanted =
          !Objects.requireNonNull(Claims.read().byRequirement().get(id)).verifiedBy().isEmpty();
      if (wanted && one.path("result").asText().equals("VERIFIED")) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private static List<String> changed(
      Path made, JsonNode dossier, String id, Consumer<ObjectNode> change) throws Exception {
    ObjectNode copy = dossier.deepCopy();
    for (JsonNode one : copy.path("requirements")) {
      if (one.path("id").asText().equals(id)) {
        change.accept((ObjectNode) one);
      }
    }
    return faults(made, copy);
  }

  private static List<String> faults(Path made, JsonNode dossier) throws Exception {
    Path file = made.resolve("dossier.json");
    byte[] was = Files.readAllBytes(file);
    try {
      Files.write(file, ReportJson.write(dossier));
      return DossierRules.faults(made);
    } finally {
      Files.write(file, was);
    }
  }

  private static void wayOutIsToldEverywhere(Path made, JsonNode dossier) throws Exception {
    String way = dossier.path("wayOut").path("en").asText();
    boolean gateway = Gateway.missing().isEmpty();
    assertThat(way).startsWith(gateway ? Gateway.WAY.en() : "connections looked at in 1 moment");
    assertThat(Files.exists(made.resolve(WayOut.CAPTURE))).isEqualTo(gateway);
    assertThat(Files.readString(made.resolve("worksheet.json"))).contains(way);
    assertThat(Files.readString(made.resolve("dossier.en.html"))).contains(way);
    assertThat(Files.readString(made.resolve(Proofs.SCAN))).contains("where it sends: " + way);
    for (JsonNode one : dossier.path("requirements")) {
      if (one.path("id").asText().equals("vn-data-location-setting")) {
        assertThat(one.path("proofs").toString()).contains(way);
      }
    }
    String seen = Files.readString(made.resolve(Ruling.BLACK_BOX + "report.json"));
    assertThat(seen).contains(gateway ? Gateway.WAY.en() : "needs a capture at the gateway");
  }

  private static void everyClaimHasItsFile(Path made, JsonNode dossier) {
    int verified = 0;
    for (JsonNode one : dossier.path("requirements")) {
      String id = one.path("id").asText();
      for (JsonNode file : one.path("evidence")) {
        assertThat(made.resolve(file.asText())).as(id).isRegularFile();
      }
      for (JsonNode proof : one.path("proofs")) {
        assertThat(made.resolve(proof.path("file").asText())).as(id).isRegularFile();
      }
      switch (one.path("result").asText()) {
        case "VERIFIED" -> {
          verified++;
          assertThat(one.path("evidence")).as(id).isNotEmpty();
        }
        case "NEEDS_PERSON", "NOT_VERIFIED" ->
            assertThat(one.path("step").path("vi").asText()).as(id).hasSizeGreaterThan(12);
        default -> assertThat(one.path("reason").path("en").asText()).as(id).isNotBlank();
      }
    }
    assertThat(verified).isPositive();
  }

  /** A condition on a fact that no camera tells could never hold, and nobody would notice. */
  private static void everyConditionLooksAtAFact(JsonNode dossier) throws Exception {
    Facts facts =
        Facts.of(
            ReportJson.object().put("format", Facts.FORMAT).set("tables", dossier.path("ixit")));
    Set<String> blind = new HashSet<>();
    for (Claims.Claim claim : Claims.read().byRequirement().values()) {
      for (String proof : claim.proofs()) {
        boolean condition =
            !Claims.isInvariant(proof) && !proof.startsWith("run ") && !proof.startsWith("scan ");
        if (condition && new Condition(proof).seen(facts).equals("nothing")) {
          blind.add(proof);
        }
      }
    }
    assertThat(blind).isEmpty();
  }

  private static void runsAreDone(JsonNode dossier) {
    for (JsonNode one : dossier.path("runs")) {
      boolean feed = one.path("name").asText().equals("vulnerabilities");
      assertThat(one.path("right").asText()).as(one.toString()).isEqualTo(feed ? "no" : "yes");
    }
  }

  private static void pagesAreRight(Path made) throws Exception {
    for (String language : new String[] {"en", "vi"}) {
      assertThat(Files.readString(made.resolve("dossier." + language + ".html")))
          .contains("lang=\"" + language + "\"", "@media print", "viewport", "INV-ERASE-1")
          .doesNotContainPattern("QCVN 135[^<]{0,20}\\d+\\.\\d+");
    }
  }

  private static void secretsAreOut(Path made) throws Exception {
    try (Stream<Path> files = Files.walk(made)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(CameraProcess.OWNER_PASSWORD);
      }
    }
  }
}
