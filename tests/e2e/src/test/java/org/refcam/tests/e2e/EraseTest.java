// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** The whole camera is erased, and nothing of it is left that could be read. */
class EraseTest {
  private static final Charset UTF_8 = StandardCharsets.UTF_8;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KILLS = Integer.getInteger("refcam.kills", 5);
  private static final String CAMERA_NAME = "Nachtigall-5521-gartentor";
  private static final String CLIENT_NAME = "Dau-ghi-8813-amsel";
  private static final String WIFI_NAME = "Song-2287-rohrdommel";
  private static final String WIFI_KEY = "Khoa-song-8815-wiedehopf";
  private static final String ACCOUNT_NAME = "zaunkoenig6604";

  @TempDir Path directory;

  @Test
  void erase_overRest_leavesNothingAndStartsAsNew() throws Exception {
    try (RawMedium medium = RawMedium.mount(directory)) {
      erasesEverything(medium);
    }
  }

  private void erasesEverything(RawMedium medium) throws Exception {
    Path data = medium.directory().resolve("camera");
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      JsonNode oldLabel = camera.label();
      Canaries canaries = livedIn(owner);
      Rest.Credentials client = owner.createClient("player", "viewer");
      JsonNode clip = Recorded.clips(owner).get(0);
      String video = "recordings/" + clip.path("id").asText() + "/video";
      assertThat(canaries.hits(data)).isEmpty();
      assertThat(canaries.hitsOn(medium)).isEmpty();
      Path before = copy(data, directory.resolve("before"));

      Rest.Answer erased = eraseDevice(owner);

      assertThat(erased.status()).as(erased.json().toString()).isEqualTo(200);
      assertThat(erased.json().path("restarts").asBoolean()).isTrue();
      String id = erased.json().path("certificateId").asText();
      byte[] certificate = erased.json().path("certificate").asText().getBytes(UTF_8);
      long pid = camera.pid();
      camera.awaitRestart(1);

      assertThat(camera.alive()).isTrue();
      assertThat(camera.pid()).isEqualTo(pid);
      assertThat(camera.ready().path("state").asText()).isEqualTo("factory");
      assertThat(camera.label().path("serial")).isEqualTo(oldLabel.path("serial"));
      assertThat(camera.label().path("password")).isNotEqualTo(oldLabel.path("password"));
      Rest anyone = camera.rest();
      assertThat(anyone.get("erase/certificates").json().findValuesAsText("id")).contains(id);
      assertThat(anyone.get("erase/certificates/" + id).body()).isEqualTo(certificate);
      byte[] pdf = anyone.get("erase/certificates/" + id + "/pdf").body();
      assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
      assertThat(anyone.get(video).status()).isEqualTo(403);

      List<String> files = Forensics.names(data);
      assertThat(files).noneMatch(name -> name.startsWith("recordings/"));
      assertThat(canaries.hits(data)).isEmpty();
      assertThat(canaries.hitsOn(medium)).isEmpty();
      nothingDecrypts(before, data);
      plantedWordIsFound(medium, canaries);

      Rest next = camera.setUp();
      assertThat(next.get(video).status()).isEqualTo(404);
      assertThat(next.get("clients").json()).isEmpty();
      assertThat(next.get("wifi").json().path("trial").path("ssid").asText("?")).isEmpty();
      assertThat(camera.rest().signIn(ACCOUNT_NAME, "whatever it was").status()).isEqualTo(401);
      assertThat(camera.rest().getByDigest("snapshot/main", client).status()).isEqualTo(401);
      firstEntryTellsOfTheErase(next, id);
      verify(certificate, oldLabel.path("serial").asText());
    }
  }

  /** The search of the raw medium finds what is there, even of a file that was deleted. */
  private static void plantedWordIsFound(RawMedium medium, Canaries canaries) throws IOException {
    if (medium.image().isPresent()) {
      Path planted = medium.directory().resolve("planted");
      Files.writeString(planted, "so that it has a block: " + CAMERA_NAME.repeat(300));
      medium.image();
      Files.delete(planted);
      assertThat(canaries.hitsOn(medium)).contains(CAMERA_NAME);
    }
  }

  private Canaries livedIn(Rest owner) throws IOException {
    Canaries canaries = new Canaries();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("timeZone", "Asia/Tokyo");
    settings.put("country", "JP");
    settings.put("language", "vi");
    settings.put("cameraName", CAMERA_NAME);
    settings.put("clockOverlay", true);
    assertThat(owner.put("settings", settings).status()).isEqualTo(200);
    CanaryTest.chooseWifi(owner, WIFI_NAME, WIFI_KEY);
    Rest.Credentials client = owner.createClient(CLIENT_NAME, "viewer");
    Rest.Answer account =
        owner.post("accounts", Map.of("username", ACCOUNT_NAME, "role", "operator"));
    assertThat(account.status()).isEqualTo(201);
    Recorded.clip(owner, 3);
    Recorded.clip(owner, 3);
    JsonNode clip = Recorded.clips(owner).get(0);
    String recording = "recordings/" + clip.path("id").asText();
    byte[] film = owner.get(recording + "/video").body();
    byte[] still = owner.get(recording + "/thumbnail").body();
    byte[] picture = owner.get("snapshot/main").body();
    for (String word :
        List.of(
            CAMERA_NAME,
            CLIENT_NAME,
            ACCOUNT_NAME,
            WIFI_NAME,
            WIFI_KEY,
            "Asia/Tokyo",
            CameraProcess.OWNER_PASSWORD)) {
      canaries.word(word);
    }
    canaries.word(client.password());
    canaries.word(account.json().path("firstPassword").asText());
    canaries.word(clip.path("start").asText());
    canaries.bytes("a piece of video", Arrays.copyOfRange(film, 2000, 2048));
    canaries.bytes("a piece of a thumbnail", Arrays.copyOfRange(still, 700, 748));
    canaries.bytes("a piece of a picture", Arrays.copyOfRange(picture, 900, 948));
    return canaries;
  }

  static Rest.Answer eraseDevice(Rest owner) throws IOException {
    assertThat(owner.post("erase", Map.of("scope", "device")).error()).isEqualTo("confirm_first");
    assertThat(owner.post("erase", Map.of("scope", "device", "token", "x")).error())
        .isEqualTo("confirm_first");
    Rest.Answer wrong = owner.post("erase/confirmation", Map.of("password", "not this one"));
    assertThat(wrong.error()).isEqualTo("wrong_credentials");
    Rest.Answer proof =
        owner.post("erase/confirmation", Map.of("password", CameraProcess.OWNER_PASSWORD));
    assertThat(proof.status()).isEqualTo(201);
    return owner.post(
        "erase", Map.of("scope", "device", "token", proof.json().path("token").asText()));
  }

  private static void firstEntryTellsOfTheErase(Rest owner, String id) throws IOException {
    JsonNode records = owner.get("audit?limit=50").json().path("records");
    JsonNode first = JSON.createObjectNode();
    for (JsonNode record : records) {
      if (record.path("chain").asText().equals("changes")
          && record.path("sequence").asLong() == 1) {
        first = record;
      }
    }
    assertThat(first.path("type").asText()).as(records.toString()).isEqualTo("erase");
    assertThat(first.path("details").path("certificate").asText()).isEqualTo(id);
    assertThat(first.path("details").path("sequence").asText()).isEqualTo("1");
    assertThat(owner.get("audit/check").json().path("sound").asBoolean()).isTrue();
  }

  private void verify(byte[] certificate, String serial) throws IOException {
    Path file = Files.write(directory.resolve("certificate.json"), certificate);
    String refcam = CameraProcess.repository().resolve("firmware/refcam").toString();
    JsonNode said = JSON.readTree(Recorded.output(refcam, "verify", "--json", file.toString()));
    assertThat(said.path("genuine").asBoolean()).isTrue();
    assertThat(said.path("serial").asText()).isEqualTo(serial);
    certificate[certificate.length / 2] ^= 1;
    Files.write(file, certificate);
    assertThatThrownBy(() -> Recorded.run(refcam, "verify", file.toString()))
        .hasMessageContaining("failed");
  }

  /**
   * What was on the medium before, against every key that is there now or follows from what is:
   * neither a sealed file nor a recorded chunk opens. That the same search opens all of them with
   * the state of before shows that it can find something.
   */
  private static void nothingDecrypts(Path before, Path after) throws Exception {
    List<String> readable = Forensics.opened(before, Forensics.keys(before));
    assertThat(readable).as("with the keys of before").contains("config/accounts.sealed");
    assertThat(readable).filteredOn(name -> name.startsWith("recordings/")).hasSizeGreaterThan(1);
    assertThat(Forensics.opened(before, Forensics.keys(after))).isEmpty();
  }

  @Test
  void erase_killedAtAnyMoment_finishesAtTheNextStart() throws Exception {
    Random random = new Random(17);
    Map<String, Integer> outcomes = new HashMap<>();
    Path data = directory.resolve("camera");
    for (int kill = 0; kill < KILLS; kill++) {
      String old;
      boolean promised;
      try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
        Rest owner =
            camera.ready().path("state").asText().equals("factory")
                ? camera.setUp()
                : camera.signIn();
        old = camera.label().path("password").asText();
        Rest.Answer proof =
            owner.post("erase/confirmation", Map.of("password", CameraProcess.OWNER_PASSWORD));
        String token = proof.json().path("token").asText();
        Thread killer = killer(camera, random.nextInt(kill % 2 == 0 ? 120 : 2500));
        promised = promised(owner, token);
        killer.join();
      }
      try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
        String state = camera.ready().path("state").asText();
        outcomes.merge(promised + " " + state, 1, Integer::sum);
        assertThat(data.resolve("erase/intent")).doesNotExist();
        if (promised) {
          assertThat(state).isEqualTo("factory");
        }
        if (state.equals("factory")) {
          assertThat(camera.label().path("password").asText()).isNotEqualTo(old);
          assertThat(Forensics.names(data)).noneMatch(name -> name.startsWith("config/"));
        } else {
          assertThat(camera.signIn().get("settings").status()).isEqualTo(200);
        }
      }
    }
    System.out.println("erase killed " + KILLS + " times: " + outcomes);
  }

  private static boolean promised(Rest owner, String token) {
    try {
      return owner.post("erase", Map.of("scope", "device", "token", token)).status() == 200;
    } catch (IOException e) {
      return false; // it was killed before it could answer
    }
  }

  private static Thread killer(CameraProcess camera, int millis) {
    Thread thread =
        new Thread(
            () -> {
              CameraProcess.pause(Duration.ofMillis(millis));
              try {
                camera.kill();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void eraseCommand_refusesARunningCamera_andErasesAStoppedOne() throws Exception {
    Path data = directory.resolve("camera");
    String refcam = CameraProcess.repository().resolve("firmware/refcam").toString();
    String[] command = {refcam, "erase", "--data", data.toString(), "--yes", "--json"};
    String password;
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      camera.setUp();
      password = camera.label().path("password").asText();
      assertThatThrownBy(() -> Recorded.run(command)).hasMessageContaining("is the camera running");
    }
    JsonNode said = JSON.readTree(Recorded.output(command));
    assertThat(Path.of(said.path("certificate").asText())).exists();
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      assertThat(camera.ready().path("state").asText()).isEqualTo("factory");
      assertThat(camera.label().path("password").asText()).isNotEqualTo(password);
    }
  }

  @Test
  void eraseClip_overRest_givesACertificateAndSparesTheRest() throws Exception {
    Path data = directory.resolve("camera");
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Recorded.clip(owner, 2);
      Recorded.clip(owner, 2);
      List<JsonNode> clips = Recorded.clips(owner);
      String doomed = clips.get(0).path("id").asText();
      String kept = clips.get(1).path("id").asText();
      Rest.Answer erased = owner.post("erase", Map.of("scope", "clip", "clip", doomed));
      assertThat(erased.status()).as(erased.json().toString()).isEqualTo(200);
      JsonNode certificate = JSON.readTree(erased.json().path("certificate").asText());
      assertThat(certificate.at("/signed/clips").asInt()).isEqualTo(1);
      assertThat(certificate.at("/signed/scope").asText()).isEqualTo("clips");
      assertThat(owner.get("recordings/" + doomed + "/video").status()).isEqualTo(404);
      assertThat(owner.get("recordings/" + kept + "/video").status()).isEqualTo(200);
      assertThat(owner.get("erase/certificates").json()).hasSize(1);
      assertThat(camera.rest().get("erase/certificates").status()).isEqualTo(401);
      assertThat(owner.post("erase", Map.of("scope", "moon")).error()).isEqualTo("invalid_field");
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    for (String name : Forensics.names(from)) {
      Path target = to.resolve(name);
      Files.createDirectories(target.getParent());
      Files.copy(from.resolve(name), target);
    }
    return to;
  }
}
