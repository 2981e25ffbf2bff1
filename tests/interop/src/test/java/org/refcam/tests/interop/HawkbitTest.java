// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressPolicy;
import org.refcam.egress.Resolver;
import org.refcam.fleet.FleetException;
import org.refcam.fleet.FleetSettings;
import org.refcam.update.SlotName;

/**
 * A real hawkBit rolls a real bundle out to fifty simulated cameras. On one the new software does
 * not prove healthy and goes back; of one the action is cancelled after it was installed and before
 * it booted. The server's own books have to say the same.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class HawkbitTest {
  private static final int CAMERAS = 50;
  private static final int SICK = 7;
  private static final int CANCELLED = 23;
  private static final String TOOLS = "../../bootloader-tools/refcam-tools";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(4);

  @TempDir Path work;

  private final List<SimulatedCamera> cameras = new ArrayList<>();

  @Test
  void rollout_fiftyCameras_oneFailsOneIsCancelled() throws Exception {
    byte[] bundle = bundle();
    try (Hawkbit server = Hawkbit.start(work);
        Egress egress = egress(server)) {
      for (int i = 0; i < CAMERAS; i++) {
        server.call(
            "POST",
            "/rest/v1/targets",
            List.of(Map.of("controllerId", id(i), "name", id(i), "securityToken", "token-" + i)));
        cameras.add(camera(i, "token-" + i, server, egress));
      }
      strangerIsNotAdmitted(server, egress);
      cameras.get(CANCELLED).restarts = false;
      long rollout = rollout(server, bundle);
      boolean cancelled = false;
      long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
      JsonNode books = server.get("/rest/v1/rollouts/" + rollout);
      while (System.nanoTime() < end && !settled(books)) {
        for (SimulatedCamera camera : cameras) {
          camera.poll();
          camera.restartIfAsked();
        }
        if (!cancelled && cameras.get(CANCELLED).waitsForRestart()) {
          cancel(server, id(CANCELLED));
          cancelled = true;
        }
        Thread.sleep(300);
        books = server.get("/rest/v1/rollouts/" + rollout);
      }
      System.out.println("hawkBit's books: " + books.path("totalTargetsPerStatus"));
      check(server, books);
    } finally {
      cameras.forEach(SimulatedCamera::close);
    }
  }

  /** One camera and an operator's window: what the server's books say of each step. */
  @Test
  void maintenanceWindow_closed_isFetchedOnly_open_isInstalled() throws Exception {
    byte[] bundle = bundle();
    try (Hawkbit server = Hawkbit.start(work);
        Egress egress = egress(server)) {
      server.call(
          "POST",
          "/rest/v1/targets",
          List.of(Map.of("controllerId", id(0), "name", id(0), "securityToken", "token-0")));
      SimulatedCamera camera = camera(0, "token-0", server, egress);
      cameras.add(camera);
      long set = distributionSet(server, bundle);
      String year = Integer.toString(java.time.Year.now(java.time.ZoneOffset.UTC).getValue() + 1);
      assign(server, set, "0 0 3 1 1 ? " + year);
      long closed = lastAction(server, id(0));
      awaitTold(server, camera, closed, "fetched");
      for (int i = 0; i < 5; i++) {
        camera.poll();
      }
      assertThat(camera.waitsForRestart()).as("nothing is installed before the window").isFalse();
      assertThat(camera.bootOrder()).containsExactly(SlotName.BUILTIN);
      assertThat(camera.version()).isEqualTo("0.1.0");

      cancel(server, id(0));
      awaitTold(server, camera, closed, "withdrawn");
      assign(server, set, "0 * * * * ? *"); // a minute that begins each minute: always open
      long open = lastAction(server, id(0));
      assertThat(open).isNotEqualTo(closed);
      awaitTold(server, camera, open, "confirmed");
      assertThat(camera.version()).isEqualTo("0.2.0");
      JsonNode books = server.get("/rest/v1/targets/" + id(0) + "/actions/" + open);
      assertThat(books.path("status").asText()).isEqualTo("finished");
    } finally {
      cameras.forEach(SimulatedCamera::close);
    }
  }

  private static void assign(Hawkbit server, long set, String schedule) throws Exception {
    server.call(
        "POST",
        "/rest/v1/targets/" + id(0) + "/assignedDS",
        Map.of(
            "id",
            set,
            "type",
            "forced",
            "maintenanceWindow",
            Map.of("schedule", schedule, "duration", "00:01:00", "timezone", "+00:00")));
  }

  /** Polls until the action's history in the server's books has the camera's word. */
  private static void awaitTold(Hawkbit server, SimulatedCamera camera, long action, String word)
      throws Exception {
    String path = "/rest/v1/targets/" + id(0) + "/actions/" + action + "/status";
    String told = "";
    long end = System.nanoTime() + SETTLED_WITHIN.toNanos();
    while (System.nanoTime() < end && !told.contains(word)) {
      camera.poll();
      camera.restartIfAsked();
      Thread.sleep(300);
      told = server.get(path).toString();
    }
    assertThat(told).contains(word);
  }

  private static boolean settled(JsonNode books) {
    JsonNode per = books.path("totalTargetsPerStatus");
    int done =
        per.path("finished").asInt() + per.path("error").asInt() + per.path("cancelled").asInt();
    return done == CAMERAS;
  }

  private void check(Hawkbit server, JsonNode books) throws Exception {
    JsonNode per = books.path("totalTargetsPerStatus");
    assertThat(per.path("finished").asInt()).isEqualTo(CAMERAS - 2);
    assertThat(per.path("error").asInt()).isEqualTo(1);
    assertThat(per.path("cancelled").asInt()).isEqualTo(1);
    for (int i = 0; i < CAMERAS; i++) {
      boolean old = i == SICK || i == CANCELLED;
      assertThat(cameras.get(i).version()).as(id(i)).isEqualTo(old ? "0.1.0" : "0.2.0");
    }
    assertThat(cameras.get(CANCELLED).bootOrder()).containsExactly(SlotName.BUILTIN);
    long action = lastAction(server, id(SICK));
    String path = "/rest/v1/targets/" + id(SICK) + "/actions/" + action + "/status";
    assertThat(server.get(path).toString()).contains("capture");
    JsonNode attributes = server.get("/rest/v1/targets/" + id(0) + "/attributes");
    assertThat(attributes.path("version").asText()).isIn("0.1.0", "0.2.0");
  }

  private void strangerIsNotAdmitted(Hawkbit server, Egress egress) throws Exception {
    try (SimulatedCamera stranger = camera(CAMERAS, "token-0", server, egress)) {
      assertThatThrownBy(stranger::poll)
          .isInstanceOfSatisfying(
              FleetException.class,
              e -> assertThat(e.reason()).isEqualTo(FleetException.Reason.NOT_ADMITTED));
    }
  }

  private static String id(int i) {
    return "cam-" + i;
  }

  private SimulatedCamera camera(int i, String token, Hawkbit server, Egress egress)
      throws Exception {
    return new SimulatedCamera(
        work.resolve(id(i)), work.resolve("keys"), i != SICK, settings(i, token, server), egress);
  }

  private static FleetSettings settings(int i, String token, Hawkbit server) {
    return new FleetSettings(
        true, server.url(), "", id(i), "target-token", token, "automatic", "VN", true, "", "");
  }

  private static Egress egress(Hawkbit server) throws IOException {
    Egress egress =
        new Egress(new NoStore(), true, Resolver.system(), event -> {}, Clock.systemUTC());
    egress.declare("fleet", settings(0, "token-0", server).destinations(), Optional.empty());
    return egress;
  }

  /** Uploads the bundle and makes a distribution set of it. */
  private static long distributionSet(Hawkbit server, byte[] bundle) throws Exception {
    long module =
        server
            .call(
                "POST",
                "/rest/v1/softwaremodules",
                List.of(Map.of("name", "refcam", "version", "0.2.0", "type", "os")))
            .path(0)
            .path("id")
            .asLong();
    server.upload(module, "refcam-0.2.0.swu", bundle);
    return server
        .call(
            "POST",
            "/rest/v1/distributionsets",
            List.of(
                Map.of(
                    "name",
                    "refcam",
                    "version",
                    "0.2.0",
                    "type",
                    "os",
                    "modules",
                    List.of(Map.of("id", module)))))
        .path(0)
        .path("id")
        .asLong();
  }

  /** Two groups; the second starts when the first went well. */
  private static long rollout(Hawkbit server, byte[] bundle) throws Exception {
    long set = distributionSet(server, bundle);
    JsonNode made =
        server.call(
            "POST",
            "/rest/v1/rollouts",
            Map.of(
                "name",
                "refcam 0.2.0",
                "distributionSetId",
                set,
                "targetFilterQuery",
                "id==cam-*",
                "amountGroups",
                2,
                "type",
                "forced",
                "successCondition",
                Map.of("condition", "THRESHOLD", "expression", "80"),
                "errorCondition",
                Map.of("condition", "THRESHOLD", "expression", "20")));
    long id = made.path("id").asLong();
    awaitStatus(server, id, "ready");
    server.call("POST", "/rest/v1/rollouts/" + id + "/start", Map.of());
    awaitStatus(server, id, "running");
    return id;
  }

  private static void awaitStatus(Hawkbit server, long rollout, String wanted) throws Exception {
    String found = "";
    for (int i = 0; i < 180 && !found.equals(wanted); i++) {
      Thread.sleep(500);
      found = server.get("/rest/v1/rollouts/" + rollout).path("status").asText();
    }
    assertThat(found).isEqualTo(wanted);
  }

  private static void cancel(Hawkbit server, String target) throws Exception {
    server.call(
        "DELETE",
        "/rest/v1/targets/" + target + "/actions/" + lastAction(server, target),
        Map.of());
  }

  private static long lastAction(Hawkbit server, String target) throws Exception {
    return server
        .get("/rest/v1/targets/" + target + "/actions")
        .path("content")
        .path(0)
        .path("id")
        .asLong();
  }

  private byte[] bundle() throws IOException {
    byte[] content = new byte[200_000];
    new Random(3).nextBytes(content);
    Path rootfs = Files.write(work.resolve("rootfs.img"), content);
    String keys = work.resolve("keys").toString();
    Path made = work.resolve("refcam-0.2.0.swu");
    ok(TOOLS, "keys", "init", "--out", keys);
    ok(
        TOOLS,
        "bundle",
        "create",
        "--keys",
        keys,
        "--board",
        "generic",
        "--version",
        "0.2.0",
        "--security-version",
        "2",
        "--rootfs",
        rootfs.toString(),
        "--out",
        made.toString());
    return Files.readAllBytes(made);
  }

  private static void ok(String... command) throws IOException {
    Tool.Result result = Tool.run(LIMIT, List.of(command));
    assertThat(result.exit()).as(result.err()).isZero();
  }

  /** Keeps no policy: the destinations are declared by the settings. */
  private static final class NoStore implements Egress.Store {
    @Override
    public Optional<EgressPolicy> load() {
      return Optional.empty();
    }

    @Override
    public void save(EgressPolicy policy) throws IOException {
      throw new IOException("nobody changes the policy here");
    }
  }
}
