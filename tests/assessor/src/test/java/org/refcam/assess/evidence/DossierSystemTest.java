// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
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
      "ports.declared,ports.debug,anon.rest,tls.versions,factory.closed";

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

  private int run(UnaryOperator<Scan> seen, String only, Path into, Path sbom) {
    return new CommandLine(new EvidenceCommand(seen))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("--evidence", "--out", "" + into, "--sbom", "" + sbom, "--only", only, "--no-pdf");
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void dossier_ofThisBuild_isWholeAndTrue() throws Exception {
    Path made = folder.resolve("dossier");
    int code = run(UnaryOperator.identity(), SOME, made, bill());
    assertThat(code).as(out + "" + err).isZero();
    JsonNode dossier = ReportJson.read(Files.readAllBytes(made.resolve("dossier.json")));
    try (InputStream schema =
        Objects.requireNonNull(EvidenceCommand.class.getResourceAsStream("dossier.schema.json"))) {
      assertThat(Schema.faults(ReportJson.read(schema.readAllBytes()), dossier)).isEmpty();
    }
    assertThat(dossier.path("differences")).isEmpty();
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
