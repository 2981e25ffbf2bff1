// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.H264Reader;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/**
 * A camera that crashes again and again starts safely: it says what crashed, its owner can govern
 * it, and it starts whole again when the owner wants. One crash is an exception, one a kill.
 */
class SafeModeTest {
  private static final List<String> WHOLE = List.of("--source", "test", "--safe-mode-after", "2");

  @TempDir Path directory;

  @Test
  void repeatedCrashes_startSafely_untilTheOwnerWantsTheWholeCamera() throws Exception {
    Path data = directory.resolve("camera");
    try (CameraProcess camera = CameraProcess.startOn(data, WHOLE)) {
      Rest owner = camera.setUp();
      assertThat(owner.get("status").json().path("safeMode").asBoolean()).isFalse();
      assertThat(owner.post("health", Map.of("action", "start-whole")).error())
          .isEqualTo("not_found");
      camera.kill();
    }
    List<String> noCamera =
        List.of("--source", "v4l2:/dev/video-of-nobody", "--safe-mode-after", "2");
    assertThatThrownBy(() -> CameraProcess.startOn(data, noCamera)).isInstanceOf(IOException.class);

    try (CameraProcess camera = CameraProcess.startOn(data, WHOLE)) {
      governs(camera);
      Rest owner = camera.signIn();
      assertThat(owner.post("health", Map.of("action", "start-whole")).status()).isEqualTo(202);
      camera.awaitRestart(1);
      assertThat(camera.ready().has("safeMode")).isFalse();
      pictures(camera);
    }
    String record = Files.readString(data.resolve("health/starts.json"));
    assertThat(record).doesNotContain("video-of-nobody", "127.0.0.1");
  }

  private static void governs(CameraProcess camera) throws IOException {
    assertThat(camera.ready().path("safeMode").asBoolean()).isTrue();
    assertThat(camera.ready().path("rtsps").asText()).isEmpty();
    Rest owner = camera.signIn();
    assertThat(owner.get("status").json().path("safeMode").asBoolean()).isTrue();
    assertThat(owner.get("update").status()).isEqualTo(200);
    assertThat(owner.get("recordings/state").status()).isEqualTo(200);
    assertThat(owner.get("snapshot/main").status()).isGreaterThanOrEqualTo(400);
    assertThat(
            owner
                .post("erase/confirmation", Map.of("password", CameraProcess.OWNER_PASSWORD))
                .status())
        .isEqualTo(201);
    JsonNode health = owner.get("health").json();
    assertThat(health.path("safeMode").asBoolean()).isTrue();
    assertThat(health.path("crashes")).hasSize(2);
    assertThat(health.at("/crashes/0/cause").asText()).isEqualTo("unknown");
    assertThat(health.at("/crashes/1/cause").asText()).endsWith("Exception");
    assertThat(health.at("/crashes/1/where/0").asText()).isNotEmpty();
    Rest stranger = camera.rest();
    assertThat(stranger.get("health").error()).isEqualTo("sign_in_first");
    assertThat(owner.post("health", Map.of("action", "dance")).error()).isEqualTo("invalid_field");
  }

  private static void pictures(CameraProcess camera) throws IOException {
    Rest.Credentials client = camera.signIn().createClient("player", "viewer");
    H264Reader reader = new H264Reader();
    try (RtspClient viewer = camera.rtsp().as(client).play("main")) {
      while (reader.pictures() < 5) {
        RtspClient.Packet packet = viewer.readPacket();
        if (packet.channel() == 0) {
          reader.take(packet.bytes());
        }
      }
    }
  }
}
