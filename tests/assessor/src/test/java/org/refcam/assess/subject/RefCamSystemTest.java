// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.Main;
import org.refcam.assess.report.Paper;
import org.refcam.assess.report.ReasonLint;
import org.refcam.assess.report.ReportJson;
import org.refcam.assess.report.Schema;
import org.refcam.tests.harness.CameraProcess;

/** RefCam as a subject, by the command that a laboratory types. */
class RefCamSystemTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void refCam_inFactoryStateAndSetUp_failsNothing() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      String ports = camera.https().getPort() + "," + camera.rtspsPort();
      Path label = Files.writeString(folder.resolve("label.json"), camera.label().toString());
      Path factory = folder.resolve("factory");
      int first =
          run(
              camera.https().toString(),
              "--ports",
              ports,
              "--factory",
              "--label",
              label.toString(),
              "--no-pdf",
              "--patience",
              "0",
              "--out",
              factory.toString());
      assertThat(first).as(out + "" + err).isZero();
      camera.setUp();
      Path password =
          Files.writeString(folder.resolve("password"), CameraProcess.OWNER_PASSWORD + "\n");
      Path after = folder.resolve("after");
      List<String> args =
          new ArrayList<>(
              List.of(
                  camera.https().toString(),
                  "--ports",
                  ports,
                  "--declared-ports",
                  ports,
                  "--label",
                  label.toString(),
                  "--user",
                  "owner",
                  "--password-file",
                  password.toString(),
                  "--patience",
                  "0",
                  "--out",
                  after.toString(),
                  "--profile",
                  "qcvn-11-2026"));
      int second = run(args.toArray(String[]::new));
      assertThat(second).as(out + "" + err).isZero();
      JsonNode report = ReportJson.read(Files.readAllBytes(after.resolve("report.json")));
      reportIsWhole(after, report);
      sealHolds(after);
      assertThat(run("compare", factory.toString(), after.toString())).isZero();
      assertThat(out.toString()).contains("both show the same key");
      impostor(camera.https().toString(), ports, password);
      secretsAreOut(after, camera.label().path("password").asText());
    }
  }

  /** A camera that shows another certificate than the label's does not get the owner's password. */
  private void impostor(String https, String ports, Path password) throws Exception {
    Path other =
        Files.writeString(
            folder.resolve("other.json"),
            "{\"serial\":\"X\",\"password\":\"y\",\"certificateSha256\":\""
                + "00".repeat(32)
                + "\"}");
    int code =
        run(
            https,
            "--ports",
            ports,
            "--only",
            "tls.label,session.cookie",
            "--label",
            other.toString(),
            "--user",
            "owner",
            "--password-file",
            password.toString());
    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("the account is not used: the certificate is not the label's");
  }

  private void reportIsWhole(Path after, JsonNode report) throws Exception {
    try (InputStream schema =
        Objects.requireNonNull(ReportJson.class.getResourceAsStream("report.schema.json"))) {
      assertThat(Schema.faults(ReportJson.read(schema.readAllBytes()), report)).isEmpty();
    }
    assertThat(report.path("counts").path("FAIL").asInt()).isZero();
    assertThat(report.path("seconds").asDouble()).as("under ten minutes").isLessThan(600);
    for (JsonNode one : report.path("requirements")) {
      boolean mandatory = one.path("status").asText().equals("mandatory");
      if (mandatory && one.path("verdict").asText().equals("UNKNOWN")) {
        assertThat(one.path("step").path("vi").asText())
            .as(one.path("id").asText())
            .hasSizeGreaterThan(12);
      }
    }
    for (JsonNode one : report.path("checks")) {
      for (JsonNode file : one.path("evidence")) {
        assertThat(after.resolve(file.asText())).exists();
      }
      assertThat(
              ReasonLint.faults(
                  one.path("reason").path("en").asText(),
                  new org.refcam.assess.catalogue.Text("-", "-")))
          .as(one.path("id").asText() + ": " + one.path("reason").path("en").asText())
          .doesNotContain(
              ReasonLint.Fault.CIRCULAR,
              ReasonLint.Fault.ESCAPE,
              ReasonLint.Fault.EMPTY,
              ReasonLint.Fault.ALL_WITHOUT_NUMBER);
    }
    for (String language : List.of("en", "vi")) {
      String page = Files.readString(after.resolve("report." + language + ".html"));
      assertThat(page)
          .contains("lang=\"" + language + "\"", "@media print", "viewport")
          .doesNotContainPattern("QCVN 135[^<]{0,20}\\d+\\.\\d+");
      if (Paper.browser().isPresent()) {
        assertThat(Files.readAllBytes(after.resolve("report." + language + ".pdf")))
            .startsWith('%', 'P', 'D', 'F');
      }
    }
  }

  private void sealHolds(Path after) throws Exception {
    assertThat(run("verify", after.toString())).isZero();
    Path one = after.resolve("evidence/anon.rtsp.txt");
    String was = Files.readString(one);
    Files.writeString(one, was.replace("VERDICT: PASS", "VERDICT: FAIL"));
    assertThat(run("verify", after.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("CHANGED_FILE");
    Files.writeString(one, was);
  }

  private static void secretsAreOut(Path after, String labelPassword) throws Exception {
    try (Stream<Path> files = Files.walk(after)) {
      for (Path file :
          files.filter(Files::isRegularFile).filter(f -> !f.toString().endsWith(".pdf")).toList()) {
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(CameraProcess.OWNER_PASSWORD)
            .doesNotContain(labelPassword);
      }
    }
  }
}
