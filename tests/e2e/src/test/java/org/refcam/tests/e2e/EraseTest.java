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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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
  private static final String ACCOUNT_NAME = "zaunkoenig6604";

  @TempDir Path directory;

  @Test
  void erase_overRest_leavesNothingAndStartsAsNew() throws Exception {
    Path data = directory.resolve("camera");
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      JsonNode oldLabel = camera.label();
      Canaries canaries = livedIn(owner);
      Rest.Credentials client = owner.createClient("player", "viewer");
      JsonNode clip = Recorded.clips(owner).get(0);
      String video = "recordings/" + clip.path("id").asText() + "/video";
      assertThat(canaries.hits(data)).isEmpty();
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

      List<String> files = names(data);
      assertThat(files).noneMatch(name -> name.startsWith("recordings/"));
      assertThat(canaries.hits(data)).isEmpty();
      nothingDecrypts(before, data);

      Rest next = camera.setUp();
      assertThat(next.get(video).status()).isEqualTo(404);
      assertThat(next.get("clients").json()).isEmpty();
      assertThat(camera.rest().signIn(ACCOUNT_NAME, "whatever it was").status()).isEqualTo(401);
      assertThat(camera.rest().getByDigest("snapshot/main", client).status()).isEqualTo(401);
      firstEntryTellsOfTheErase(next, id);
      verify(certificate, oldLabel.path("serial").asText());
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
            CAMERA_NAME, CLIENT_NAME, ACCOUNT_NAME, "Asia/Tokyo", CameraProcess.OWNER_PASSWORD)) {
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
   * What was on the medium before, against every key that is there now or follows from what is: the
   * root key and the slots, by the derivations that keys.md documents, written here anew. Sealed
   * files, vault files and segments of before: none opens. That the same search does open them with
   * the state of before shows that it can find something.
   */
  private static void nothingDecrypts(Path before, Path after) throws Exception {
    assertThat(opened(before, keys(before))).as("with the keys of before").isNotEmpty();
    assertThat(opened(before, keys(after))).isEmpty();
  }

  private static List<byte[]> keys(Path data) throws Exception {
    byte[] root = Files.readAllBytes(data.resolve("keys/root.key"));
    List<byte[]> keys = new ArrayList<>(List.of(root));
    for (String purpose :
        List.of("config", "audit", "recordings", "binding", "slot/vault-root", "slot/recordings")) {
      keys.add(hkdf(root, "refcam root v1", purpose));
    }
    for (String slot : List.of("vault-root", "recordings")) {
      for (int side = 0; side < 2; side++) {
        Path file = data.resolve("keys/" + slot + "." + side + ".slot");
        if (Files.exists(file)) {
          slot(Files.readAllBytes(file), slot, hkdf(root, "refcam root v1", "slot/" + slot), keys);
        }
      }
    }
    return keys;
  }

  /** keys.md, FileSlot with one stripe: the secret, and what is derived of it. */
  private static void slot(byte[] file, String name, byte[] key, List<byte[]> keys)
      throws Exception {
    byte[] bound = Arrays.copyOf(file, 15 + name.length());
    System.arraycopy(name.getBytes(UTF_8), 0, bound, 15, name.length());
    byte[] secret = open(key, bound, Arrays.copyOfRange(file, 17, file.length));
    if (secret.length > 0) {
      keys.add(secret);
      for (String purpose : List.of("config", "audit", "recordings")) {
        keys.add(hkdf(secret, "refcam vault v1", purpose));
      }
    }
  }

  /** Names of sealed files that one of the keys opens. */
  private static List<String> opened(Path data, List<byte[]> keys) throws Exception {
    List<String> opened = new ArrayList<>();
    for (String name : names(data)) {
      if (!name.startsWith("config/") || !name.endsWith(".sealed")) {
        continue;
      }
      byte[] file = Files.readAllBytes(data.resolve(name));
      byte[] bound =
          ("RCSF\u0001" + name.substring(0, name.length() - ".sealed".length())).getBytes(UTF_8);
      for (byte[] key : keys) {
        if (open(key, bound, Arrays.copyOfRange(file, 5, file.length)).length > 0) {
          opened.add(name);
        }
      }
    }
    return opened;
  }

  /** Empty if the key is not right. */
  private static byte[] open(byte[] key, byte[] bound, byte[] sealed) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(Arrays.copyOf(key, 32), "AES"),
        new GCMParameterSpec(128, sealed, 0, 12));
    cipher.updateAAD(bound);
    try {
      return cipher.doFinal(sealed, 12, sealed.length - 12);
    } catch (AEADBadTagException e) {
      return new byte[0];
    }
  }

  /** RFC 5869, one block. */
  private static byte[] hkdf(byte[] key, String salt, String info) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(salt.getBytes(UTF_8), "HmacSHA256"));
    byte[] extracted = mac.doFinal(key);
    mac.init(new SecretKeySpec(extracted, "HmacSHA256"));
    mac.update(info.getBytes(UTF_8));
    mac.update((byte) 1);
    return mac.doFinal();
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
          assertThat(names(data)).noneMatch(name -> name.startsWith("config/"));
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

  private static List<String> names(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> data.relativize(file).toString())
          .toList();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    for (String name : names(from)) {
      Path target = to.resolve(name);
      Files.createDirectories(target.getParent());
      Files.copy(from.resolve(name), target);
    }
    return to;
  }
}
