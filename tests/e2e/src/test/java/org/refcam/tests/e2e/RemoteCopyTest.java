// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** The copy of recordings elsewhere, and what may not go there. */
class RemoteCopyTest {
  @TempDir Path directory;

  @Test
  void s3_copyRestoredWithoutTheCamera_policyEnforced_erasedThereToo() throws Exception {
    try (StorePeers store = StorePeers.s3(directory);
        CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      assertThat(owner.get("egress").json().path("vietNamOnly").asBoolean()).isTrue();
      Recorded.clip(owner, 3);
      JsonNode key = owner.post("egress/remote-copy/recovery-key", Map.of()).json();
      Map<String, Object> settings = s3(store.port, store.fingerprint, "VN", key);
      refusedAbroad(owner, s3(store.port, store.fingerprint, "SG", key));

      Rest.Answer saved = owner.put("egress/remote-copy", settings);
      assertThat(saved.status()).as(saved.json().toString()).isEqualTo(200);
      assertThat(saved.json().toString()).doesNotContain("\"secret\":\"" + StorePeers.S3_KEY);
      JsonNode tried = owner.post("egress/remote-copy/test", Map.of()).json();
      assertThat(tried.path("success").asBoolean()).as(tried.toString()).isTrue();
      await(owner, state -> state.path("copied").asInt() == 1);
      restore(store, key);

      switchedLater(owner, s3(store.port, store.fingerprint, "SG", key));

      assertThat(owner.put("egress/remote-copy", settings).status()).isEqualTo(200);
      await(owner, state -> state.path("copied").asInt() == 2);
      String clip = Recorded.clips(owner).get(0).path("id").asText();
      assertThat(owner.delete("recordings/" + clip).status()).isLessThan(300);
      await(owner, state -> state.path("copied").asInt() == 1);
      assertThat(store.objects()).hasSize(1);
      assertThat(store.objects().get(0).toString()).doesNotContain(clip);
    }
  }

  @Test
  void sftp_copyRestored_otherHostKeyRefused() throws Exception {
    Path login = directory.resolve("login");
    Recorded.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", login.toString());
    try (StorePeers store = StorePeers.sftp(directory, Path.of(login + ".pub"));
        CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Recorded.clip(owner, 3);
      JsonNode key = owner.post("egress/remote-copy/recovery-key", Map.of()).json();
      Map<String, Object> settings = common(store.port, "VN", key);
      settings.put("kind", "sftp");
      settings.put("place", store.directory.toString());
      settings.put("user", System.getProperty("user.name"));
      settings.put("privateKey", Files.readString(login));
      settings.put("hostKeySha256", "SHA256:" + "A".repeat(43));
      assertThat(owner.put("egress/remote-copy", settings).status()).isEqualTo(200);
      JsonNode tried = owner.post("egress/remote-copy/test", Map.of()).json();
      assertThat(tried.path("problem").asText()).as(tried.toString()).isEqualTo("not_trusted");
      assertThat(store.objects()).isEmpty();

      settings.put("hostKeySha256", store.fingerprint);
      assertThat(owner.put("egress/remote-copy", settings).status()).isEqualTo(200);
      await(owner, state -> state.path("copied").asInt() == 1);
      restore(store, key);
    }
  }

  @Test
  void storeThatStalls_recordingGoesOn_stateSays() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      JsonNode key = owner.post("egress/remote-copy/recovery-key", Map.of()).json();
      Map<String, Object> settings = s3(silent.getLocalPort(), "ab".repeat(32), "VN", key);
      Recorded.clip(owner, 1);
      assertThat(owner.put("egress/remote-copy", settings).status()).isEqualTo(200);
      Recorded.clip(owner, 2);
      await(owner, state -> state.path("problem").asText().equals("unreachable"));
      assertThat(owner.get("egress/remote-copy").json().at("/state/waiting").asInt())
          .isGreaterThanOrEqualTo(1);
    }
  }

  private static void refusedAbroad(Rest owner, Map<String, Object> abroad) throws IOException {
    Rest.Answer refused = owner.put("egress/remote-copy", abroad);
    assertThat(refused.error()).isEqualTo("outside_viet_nam");
    assertThat(refused.status()).isEqualTo(409);
    JsonNode entry = newest(owner, "egress_refused");
    assertThat(entry.path("actor").asText()).isEqualTo("owner");
    assertThat(entry.at("/details/country").asText()).isEqualTo("SG");
    assertThat(entry.at("/details/reason").asText()).isEqualTo("outside_viet_nam");
  }

  /** Allowed once the switch is off; stopped as soon as it is on again. */
  private static void switchedLater(Rest owner, Map<String, Object> abroad) throws IOException {
    assertThat(owner.put("egress/viet-nam-only", Map.of("on", false)).status()).isEqualTo(200);
    assertThat(newest(owner, "egress_changed").at("/details/change").asText())
        .isEqualTo("viet_nam_only_off");
    assertThat(owner.put("egress/remote-copy", abroad).status()).isEqualTo(200);
    assertThat(owner.put("egress/viet-nam-only", Map.of("on", true)).status()).isEqualTo(200);
    Recorded.clip(owner, 1);
    await(owner, state -> state.path("problem").asText().equals("outside_viet_nam"));
    JsonNode listed = owner.get("egress").json().path("destinations");
    assertThat(listed.findValuesAsText("blocked")).contains("outside_viet_nam");
  }

  /** What a stranger to the camera does with an object and the recovery key. */
  private void restore(StorePeers store, JsonNode key) throws IOException {
    assertThat(store.objects()).hasSize(1);
    Path object = store.objects().get(0);
    byte[] bytes = Files.readAllBytes(object);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("age-encryption.org/v1\n-> X25519 ");
    assertThat(text).doesNotContain("ftyp").doesNotContain("moof").doesNotContain("main");
    Path identity = directory.resolve("recovery.txt");
    Files.writeString(identity, key.path("secret").asText() + "\n");
    Path film = directory.resolve("restored.mp4");
    Recorded.run("age", "-d", "-i", identity.toString(), "-o", film.toString(), object.toString());
    assertThat(Recorded.decodedPictures(film)).isGreaterThan(20);
  }

  private static Map<String, Object> s3(
      int port, String fingerprint, String country, JsonNode key) {
    Map<String, Object> settings = common(port, country, key);
    settings.put("kind", "s3");
    settings.put("place", StorePeers.BUCKET);
    settings.put("region", "us-east-1");
    settings.put("user", StorePeers.S3_KEY);
    settings.put("secret", StorePeers.S3_KEY);
    settings.put("certificateSha256", fingerprint);
    return settings;
  }

  private static Map<String, Object> common(int port, String country, JsonNode key) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("enabled", true);
    settings.put("host", "127.0.0.1");
    settings.put("port", port);
    settings.put("country", country);
    settings.put("local", true);
    settings.put("pathStyle", true);
    settings.put("kilobytesPerSecond", 0);
    settings.put("recipient", key.path("recipient").asText());
    return settings;
  }

  private static JsonNode newest(Rest owner, String type) throws IOException {
    return owner.get("audit?type=" + type + "&limit=1").json().at("/records/0");
  }

  private static void await(Rest owner, Predicate<JsonNode> condition) throws IOException {
    long give = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    JsonNode state = owner.get("egress/remote-copy").json().path("state");
    while (!condition.test(state)) {
      if (System.nanoTime() > give) {
        throw new IOException("waited in vain; " + state);
      }
      CameraProcess.pause(Duration.ofMillis(300));
      state = owner.get("egress/remote-copy").json().path("state");
    }
  }
}
