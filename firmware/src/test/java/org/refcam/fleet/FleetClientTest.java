// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.refcam.crypto.SecretBytes;
import org.refcam.fleet.FleetSoftware.Progress;
import org.refcam.fleet.FleetSoftware.Stage;
import org.refcam.keys.SealedFile;

class FleetClientTest {
  private static final String SHA = "ab".repeat(32);

  @TempDir Path folder;

  private final FakeServer server = new FakeServer();
  private final Software software = new Software();
  private FleetClient client;

  @BeforeEach
  void begin() throws Exception {
    client = client("automatic");
  }

  private FleetClient client(String confirmation) throws Exception {
    FleetSettings settings =
        new FleetSettings(
            true,
            FakeServer.HOME,
            "",
            "cam-1",
            "target-token",
            "t",
            confirmation,
            "VN",
            false,
            "",
            "");
    SealedFile memory =
        new SealedFile(folder.resolve("m"), SecretBytes.copyOf(new byte[32]), "memory");
    return new FleetClient(settings, server, software, memory);
  }

  private void order(String update) {
    server.links("deploymentBase", "/deploymentBase/7?c=1");
    server.answers.put(
        FakeServer.BASE + "/deploymentBase/7", FakeServer.order("deployment", "7", update, SHA));
  }

  @Test
  void poll_forcedOrder_isBroughtForwardAndEachStageToldOnce() throws Exception {
    order("forced");
    for (Stage stage :
        List.of(Stage.NONE, Stage.WORKING, Stage.WORKING, Stage.ARMED, Stage.ARMED)) {
      software.now = new Progress(stage, 0, "");
      client.poll();
    }
    client = client("automatic"); // the restart into the new software
    software.now = new Progress(Stage.CONFIRMED, 0, "");
    client.poll();
    client.poll();
    assertThat(server.sent)
        .extracting(
            line ->
                line.replaceAll(
                    ".*\"execution\":\"([a-z]+)\".*\"finished\":\"([a-z]+)\".*", "$1 $2"))
        .containsExactly("proceeding none", "proceeding none", "closed success");
    assertThat(server.sent).allMatch(line -> line.startsWith("POST /deploymentBase/7/feedback"));
    assertThat(software.brought).hasSize(3).allMatch(w -> w.restart() && w.install());
  }

  @Test
  void poll_whileWorking_asksOften() throws Exception {
    server.links();
    assertThat(client.poll()).isEqualTo(Duration.ofMinutes(1));
    order("attempt");
    software.now = new Progress(Stage.WORKING, 3, "");
    assertThat(client.poll()).isEqualTo(FleetClient.WHILE_WORKING);
  }

  @Test
  void poll_failed_isToldWithItsReason() throws Exception {
    order("forced");
    software.now = new Progress(Stage.FAILED, 0, "too_old");
    client.poll();
    assertThat(server.sent).singleElement().asString().contains("failure", "too_old");
    assertThat(software.brought).isEmpty();
  }

  @Test
  void poll_updateSkipped_isFetchedOnly() throws Exception {
    order("skip");
    client.poll();
    assertThat(software.brought).singleElement().matches(w -> !w.install() && !w.restart());
    software.now = new Progress(Stage.FETCHED, 0, "");
    client.poll();
    assertThat(server.sent.get(1)).contains("downloaded");
    order("attempt");
    client.poll();
    assertThat(software.brought).hasSize(2).last().matches(FleetSoftware.Wish::install);
  }

  @Test
  void cancel_beforeBoot_isWithdrawnAndToldSo() throws Exception {
    order("forced");
    client.poll();
    server.links("cancelAction", "/cancelAction/8");
    server.answers.put(
        FakeServer.BASE + "/cancelAction/8", "{\"id\":\"8\",\"cancelAction\":{\"stopId\":\"7\"}}");
    client.poll();
    assertThat(software.withdrawn).containsExactly(SHA);
    assertThat(server.sent.get(1)).startsWith("POST /cancelAction/8/feedback").contains("success");
  }

  @Test
  void cancel_afterBoot_isRejected() throws Exception {
    order("forced");
    client.poll();
    software.late = true;
    server.links("cancelAction", "/cancelAction/8");
    server.answers.put(
        FakeServer.BASE + "/cancelAction/8", "{\"id\":\"8\",\"cancelAction\":{\"stopId\":\"7\"}}");
    client.poll();
    assertThat(server.sent.get(1)).contains("rejected");
  }

  @Test
  void confirmation_byOwner_waitsForTheWord() throws Exception {
    client = client("owner");
    server.links("confirmationBase", "/confirmationBase/9");
    server.answers.put(
        FakeServer.BASE + "/confirmationBase/9",
        FakeServer.order("confirmation", "9", "forced", SHA));
    client.poll();
    assertThat(server.sent).isEmpty();
    assertThat(client.question()).contains(new FleetClient.Question("9", "a.swu", false));
    client.decide("9", false);
    client.poll();
    assertThat(server.sent)
        .singleElement()
        .asString()
        .startsWith("POST /confirmationBase/9/feedback")
        .contains("denied");
  }

  @Test
  void confirmation_refused_standsUntilTheOwnerAgrees() throws Exception {
    client = client("owner");
    server.links("confirmationBase", "/confirmationBase/9");
    server.answers.put(
        FakeServer.BASE + "/confirmationBase/9",
        FakeServer.order("confirmation", "9", "forced", SHA));
    client.poll();
    client.decide("9", false);
    client.poll();
    client = client("owner"); // a restart in between
    client.poll();
    assertThat(client.question()).contains(new FleetClient.Question("9", "a.swu", true));
    assertThat(server.sent).as("told once").hasSize(1);
    client.decide("9", true);
    client.poll();
    assertThat(client.question()).isEmpty();
    assertThat(server.sent.get(1)).contains("\"confirmed\"");
    server.links("deploymentBase", "/deploymentBase/9");
    server.answers.put(
        FakeServer.BASE + "/deploymentBase/9", FakeServer.order("deployment", "9", "forced", SHA));
    client.poll();
    assertThat(software.brought).hasSize(1);
  }

  @Test
  void confirmation_automatic_isGiven() throws Exception {
    server.links("confirmationBase", "/confirmationBase/9");
    server.answers.put(
        FakeServer.BASE + "/confirmationBase/9",
        FakeServer.order("confirmation", "9", "forced", SHA));
    client.poll();
    assertThat(server.sent).singleElement().asString().contains("\"confirmed\"");
    assertThat(software.brought).isEmpty();
  }

  @Test
  void attributes_areThoseOfTheDocument() throws Exception {
    server.links("configData", "/configData");
    client.poll();
    assertThat(server.sent)
        .singleElement()
        .asString()
        .startsWith("PUT /configData")
        .contains("\"data\":{\"board\":\"generic\",\"version\":\"1\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"_links\":{\"deploymentBase\":7}}",
        "{\"_links\":{\"deploymentBase\":{\"href\":\"::\"}}}",
        "{\"_links\":{\"cancelAction\":{}}}",
        "{\"config\":7}"
      })
  void poll_brokenAnswer_isMalformed(String text) {
    server.answers.put(FakeServer.BASE, text);
    assertThatThrownBy(() -> client.poll())
        .isInstanceOfSatisfying(
            FleetException.class,
            e -> assertThat(e.reason()).isEqualTo(FleetException.Reason.MALFORMED));
  }

  @Test
  void poll_noHashOrTwoBundles_isFailureNotFetched() throws Exception {
    order("forced");
    server.answers.compute(
        FakeServer.BASE + "/deploymentBase/7", (path, text) -> text.replace(SHA, "none"));
    client.poll();
    assertThat(server.sent).singleElement().asString().contains("failure");
    assertThat(software.brought).isEmpty();
  }

  @Test
  void poll_unauthorised_isNotAdmitted() {
    server.links();
    server.status = 401;
    assertThatThrownBy(() -> client.poll())
        .isInstanceOfSatisfying(
            FleetException.class,
            e -> assertThat(e.reason()).isEqualTo(FleetException.Reason.NOT_ADMITTED));
  }

  @Test
  @DisplayName(
      "INV-FLEET-1 plain http needs the own network, and settings keep a token to its server")
  void settings_plainHttpElsewhere_refused() {
    assertThatThrownBy(() -> settings("http://fleet.example.vn", false))
        .hasMessageContaining("url");
    assertThat(settings("http://10.0.0.2:8080/hawkbit/", true).base())
        .hasToString("http://10.0.0.2:8080/hawkbit/DEFAULT/controller/v1/cam-1");
    FleetSettings before = settings("https://a.example.vn", false);
    FleetSettings empty =
        new FleetSettings(
            false,
            "https://b.example.vn",
            "",
            "c",
            "target-token",
            "",
            "automatic",
            "VN",
            false,
            "",
            "");
    assertThat(empty.keepingTokenOf(before).token()).isEmpty();
  }

  @Test
  void document_statesTheBounds() throws Exception {
    String text = java.nio.file.Files.readString(Path.of("doc/update.md")).replaceAll("\\s+", " ");
    assertThat(text)
        .contains(
            "between "
                + PollAnswer.SLEEP_MIN.toSeconds()
                + " s and "
                + PollAnswer.SLEEP_MAX.toHours()
                + " h, every "
                + FleetClient.WHILE_WORKING.toSeconds()
                + " s while");
  }

  private static FleetSettings settings(String url, boolean local) {
    return new FleetSettings(
        true, url, "", "cam-1", "target-token", "t", "automatic", "VN", local, "", "");
  }

  /** Says what it is told to say. */
  private static final class Software implements FleetSoftware {
    Progress now = new Progress(Stage.NONE, 0, "");
    boolean late;
    final List<Wish> brought = new ArrayList<>();
    final List<String> withdrawn = new ArrayList<>();

    @Override
    public Map<String, String> attributes() {
      return Map.of("version", "1", "board", "generic");
    }

    @Override
    public void bring(Wish wish, FleetWeb way) {
      brought.add(wish);
    }

    @Override
    public Progress progress(String sha256) {
      return now;
    }

    @Override
    public boolean withdraw(String sha256) {
      withdrawn.add(sha256);
      return !late;
    }
  }
}
