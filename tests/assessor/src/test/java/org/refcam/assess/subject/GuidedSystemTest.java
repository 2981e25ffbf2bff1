// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.subject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.assess.Main;
import org.refcam.assess.report.ReportJson;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * The guided steps on a real RefCam: its process is killed where the power is to be cut, a relay in
 * front of it unplugged where the network is, and the camera really erased.
 */
class GuidedSystemTest {
  private static final List<String> ARGUMENTS = List.of("--source", "test");

  @TempDir Path folder;
  private final AtomicReference<CameraProcess> camera = new AtomicReference<>();

  @Test
  void refCam_cutOffAndErased_isAsSafeAsBefore() throws Exception {
    Path data = folder.resolve("data");
    camera.set(CameraProcess.startOn(data, ARGUMENTS));
    try (Relay https = new Relay(() -> camera.get().https().getPort());
        Relay rtsps = new Relay(() -> camera.get().rtspsPort())) {
      record(camera.get().setUp());
      String erasedLabel = camera.get().label().path("password").asText();
      Path report = folder.resolve("report");
      Path password =
          Files.writeString(folder.resolve("password"), CameraProcess.OWNER_PASSWORD + "\n");
      Scripted person = new Scripted(step -> act(step, data, List.of(https, rtsps)));
      StringWriter out = new StringWriter();
      int code =
          Main.run(
              person.in(),
              new PrintWriter(out, true),
              person.out(),
              "https://127.0.0.1:" + https.port(),
              "--ports",
              https.port() + "," + rtsps.port(),
              "--user",
              "owner",
              "--password-file",
              password.toString(),
              "--only",
              "guided.power,guided.network,guided.erase",
              "--guided",
              "--tester",
              "Lan",
              "--no-pdf",
              "--out",
              report.toString());
      assertThat(code).as(out + person.screen()).isZero();
      assertThat(person.steps())
          .containsExactly(
              "power.off",
              "power.on",
              "network.off",
              "network.local",
              "network.on",
              "erase.ready",
              "erase.do",
              "erase.setup");
      passed(report, out.toString());
      assertThat(camera.get().label().path("password").asText()).isNotEqualTo(erasedLabel);
    } finally {
      camera.get().close();
    }
  }

  private static void passed(Path report, String out) throws Exception {
    for (JsonNode one :
        ReportJson.read(Files.readAllBytes(report.resolve("report.json"))).path("checks")) {
      String file = one.path("evidence").path(0).asText();
      String evidence = Files.readString(report.resolve(file));
      assertThat(one.path("verdict").asText()).as(evidence + out).isEqualTo("PASS");
      assertThat(evidence).contains("ANSWERED done by Lan at 20", "VERDICT: PASS");
    }
    assertThat(Files.readString(report.resolve("evidence/guided.erase.txt")))
        .contains(
            "by PUT /settings",
            "by POST /clients",
            "by POST /accounts",
            "by ONVIF AddScopes",
            "/thumbnail from before the erase: 404");
    assertThat(Files.readString(report.resolve("evidence/guided.power.txt")))
        .contains("answers again after", "account let in: true", "GET /settings: {");
  }

  private String act(String step, Path data, List<Relay> cables) throws Exception {
    switch (step) {
      case "power.off" -> camera.get().kill();
      case "power.on" -> camera.set(CameraProcess.startOn(data, ARGUMENTS));
      case "network.off", "network.on" -> {
        for (Relay cable : cables) {
          cable.plug(step.equals("network.on"));
        }
      }
      case "network.local" -> {
        return "yes";
      }
      case "erase.ready" -> assertThat(camera.get().alive()).isTrue();
      case "erase.do" -> erase(camera.get().signIn());
      case "erase.setup" -> camera.get().setUp();
      default -> throw new IOException("no such step: " + step);
    }
    return "done";
  }

  private void erase(Rest owner) throws IOException {
    String token =
        owner
            .post("erase/confirmation", Map.of("password", CameraProcess.OWNER_PASSWORD))
            .json()
            .path("token")
            .asText();
    Rest.Answer erased = owner.post("erase", Map.of("scope", "device", "token", token));
    assertThat(erased.status()).as(erased.json().toString()).isEqualTo(200);
    camera.get().awaitRestart(1);
  }

  /** One finished clip. */
  private static void record(Rest owner) throws IOException {
    mode(owner, "continuous");
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (clip(owner).path("pictures").asInt() < 20 && System.nanoTime() < end) {
      CameraProcess.pause(Duration.ofMillis(300));
    }
    mode(owner, "off");
    while (!clip(owner).path("state").asText().equals("finished") && System.nanoTime() < end) {
      CameraProcess.pause(Duration.ofMillis(300));
    }
    assertThat(clip(owner).path("state").asText()).isEqualTo("finished");
  }

  private static JsonNode clip(Rest owner) throws IOException {
    return owner
        .get("recordings?stream=main&from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z")
        .json()
        .path("clips")
        .path(0);
  }

  private static void mode(Rest owner, String mode) throws IOException {
    ObjectNode settings = (ObjectNode) owner.get("recordings/settings").json();
    settings.put("mode", mode);
    assertThat(owner.put("recordings/settings", settings).status()).isEqualTo(200);
  }
}
