// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.Main;
import org.refcam.assess.evidence.Gateway;
import org.refcam.assess.report.ReportJson;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.CameraProcess.Place;
import org.refcam.tests.harness.Rest;

/**
 * A camera in a network of its own, captured at its gateway: the built one calls nobody but its
 * owner's log receiver, and one with a leak in its own process is caught.
 */
class GatewaySystemTest {
  private static final String RECEIVER = "log.example.vn";

  /**
   * Of a network that nobody uses any more (RFC 7526); the camera calls no documentation addresses.
   */
  private static final String OUTSIDE = "192.88.99.5";

  private static final String ELSEWHERE = "192.88.99.9";
  private static final int LOG = 6514;

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void needsAGateway() {
    Optional<String> missing = Gateway.missing();
    assumeTrue(missing.isEmpty(), () -> "skipped: no gateway: " + missing.orElse(""));
  }

  private static Process outside(Gateway gateway) throws IOException {
    List<String> command = new ArrayList<>(gateway.inGateway());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            Path.of("target/test-classes").toAbsolutePath().toString(),
            Outside.class.getName(),
            OUTSIDE,
            ELSEWHERE,
            "" + LOG,
            "" + Leak.PORT));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"READY".equals(out.readLine())) {
      process.destroyForcibly();
      throw new IOException("the world behind the gateway did not start");
    }
    return process;
  }

  /** Runs a camera, has it forward its log, and assesses it by what the gateway saw. */
  private JsonNode assess(Map<String, String> environment, String... declared) throws Exception {
    Path report = folder.resolve("report");
    try (Gateway gateway = Gateway.open(folder, new SecureRandom())) {
      gateway.serve(OUTSIDE + "/32");
      gateway.serve(ELSEWHERE + "/32");
      Process world = outside(gateway);
      Place place =
          new Place(gateway.inside(), gateway.cameraAddress().getHostAddress(), environment);
      try (CameraProcess camera = CameraProcess.startAt(place, List.of("--source", "test"))) {
        forward(camera.setUp());
        Path capture = gateway.stop();
        List<String> args = new ArrayList<>(List.of(camera.https().toString()));
        args.addAll(List.of("--ports", "" + camera.https().getPort(), "--no-pdf"));
        args.addAll(List.of("--only", "egress.capture,egress.clear", "--viet-nam-only"));
        args.addAll(List.of("--egress-capture", capture.toString(), "--out", report.toString()));
        for (String one : declared) {
          args.addAll(List.of("--declared", one));
        }
        int code =
            Main.run(
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true),
                args.toArray(String[]::new));
        assertThat(code).as(err.toString()).isLessThan(2);
      } finally {
        world.destroyForcibly();
      }
    }
    return ReportJson.read(Files.readAllBytes(report.resolve("report.json")));
  }

  /**
   * Until the receiver is being called; that nobody there speaks TLS is seen by the camera only.
   */
  private static void forward(Rest owner) throws IOException {
    Map<String, Object> to = new HashMap<>();
    to.put("enabled", true);
    to.put("host", RECEIVER);
    to.put("port", LOG);
    to.put("country", "VN");
    to.put("certificateSha256", "0".repeat(64));
    Rest.Answer set = owner.put("audit/settings", Map.of("optOut", false, "forwarding", to));
    assertThat(set.status()).as(set.json().toString()).isEqualTo(200);
    CameraProcess.pause(Duration.ofSeconds(6));
  }

  private static JsonNode check(JsonNode report, String id) {
    for (JsonNode one : report.path("checks")) {
      if (one.path("id").asText().equals(id)) {
        return one;
      }
    }
    throw new AssertionError("no check " + id);
  }

  private String evidence(String check) throws IOException {
    return Files.readString(folder.resolve("report/evidence/" + check + ".txt"));
  }

  @Test
  void builtCamera_callsItsReceiverAndNobodyElse() throws Exception {
    JsonNode report = assess(Map.of(), RECEIVER + ":VN");
    JsonNode seen = check(report, "egress.capture");
    assertThat(seen.path("verdict").asText())
        .as(seen.path("reason") + "\n" + evidence("egress.capture"))
        .isEqualTo("PASS");
    assertThat(evidence("egress.capture"))
        .contains("tcp " + OUTSIDE + ":" + LOG, "TLS, encrypted", "looked up: " + RECEIVER);
    assertThat(check(report, "egress.clear").path("verdict").asText()).isEqualTo("PASS");
  }

  @Test
  void receiverThatIsNotDeclared_isFound() throws Exception {
    JsonNode seen = check(assess(Map.of(), "none"), "egress.capture");
    assertThat(seen.path("reason").path("en").asText())
        .contains("looks up " + RECEIVER, "sends to tcp " + OUTSIDE + ":" + LOG);
  }

  @Test
  void leakInTheCamerasProcess_isCaught() throws Exception {
    Map<String, String> mutant =
        Map.of("JAVA_TOOL_OPTIONS", "-javaagent:" + Leak.archive(folder).toAbsolutePath());
    JsonNode report = assess(mutant, RECEIVER + ":VN");
    JsonNode seen = check(report, "egress.capture");
    assertThat(seen.path("verdict").asText()).as(evidence("egress.capture")).isEqualTo("FAIL");
    assertThat(seen.path("reason").path("en").asText())
        .contains("looks up " + Leak.COLLECTOR)
        .contains("sends to tcp " + ELSEWHERE + ":" + Leak.PORT + " (" + Leak.COLLECTOR + ")");
    assertThat(check(report, "egress.clear").path("reason").path("en").asText())
        .contains("HTTP to tcp " + ELSEWHERE + ":" + Leak.PORT + " in clear text");
    for (JsonNode one : report.path("requirements")) {
      if (one.path("id").asText().equals("vn-data-location-setting")) {
        assertThat(one.path("verdict").asText()).isEqualTo("FAIL");
      }
    }
  }
}
