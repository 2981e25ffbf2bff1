// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * Known words and pictures go in through the public doors; afterwards the whole data directory is
 * searched for them as text, UTF-16, hex and base64, and for the marks of pictures and video; then
 * the raw image of its file system, where what was deleted still lies.
 */
class CanaryTest {
  private static final String CAMERA_NAME = "Kanarienvogel-7319-phongngu";
  private static final String CLIENT_NAME = "Dau-ghi-4482-zilpzalp";
  private static final String WIFI_NAME = "Song-9134-nachtigall";
  private static final String WIFI_KEY = "Khoa-song-6602-steinkauz";
  private static final String ZONE_NAME = "Cua-sau-5526-rotkehlchen";

  @TempDir Path directory;

  @Test
  void nothingOfTheOwners_liesInTheClear() throws Exception {
    try (RawMedium medium = RawMedium.mount(directory)) {
      liesInTheClear(medium);
    }
  }

  private static void liesInTheClear(RawMedium medium) throws Exception {
    Path data = medium.directory().resolve("camera");
    Canaries canaries = new Canaries();
    List.of(
            CAMERA_NAME,
            CLIENT_NAME,
            ZONE_NAME,
            WIFI_NAME,
            WIFI_KEY,
            CameraProcess.OWNER_PASSWORD,
            "Asia/Tokyo")
        .forEach(canaries::word);
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("timeZone", "Asia/Tokyo");
      settings.put("country", "JP");
      settings.put("language", "vi");
      settings.put("cameraName", CAMERA_NAME);
      settings.put("clockOverlay", true);
      assertThat(owner.put("settings", settings).status()).isEqualTo(200);
      chooseWifi(owner, WIFI_NAME, WIFI_KEY);
      Rest.Credentials client = owner.createClient(CLIENT_NAME, "viewer");
      canaries.word(client.password());
      Map<String, Object> recording = Recorded.settings("off");
      recording.put(
          "zones", List.of(Map.of("name", ZONE_NAME, "x", 0, "y", 0, "width", 1, "height", 1)));
      assertThat(owner.put("recordings/settings", recording).status()).isEqualTo(200);
      Recorded.clip(owner, 3);
      JsonNode clip = Recorded.clips(owner).get(0);
      String id = clip.path("id").asText();
      byte[] film = owner.get("recordings/" + id + "/video").body();
      canaries.bytes("a piece of video", Arrays.copyOfRange(film, 2000, 2048));
      byte[] still = owner.get("recordings/" + id + "/thumbnail").body();
      canaries.bytes("a piece of the thumbnail", Arrays.copyOfRange(still, 700, 748));
      canaries.word(clip.path("start").asText());
      owner.post(
          "recordings/exports",
          Map.of("stream", "main", "from", clip.path("start"), "to", clip.path("end")));
      assertThat(canaries.hits(data)).as("while it runs").isEmpty();
    }
    assertThat(canaries.hits(data)).isEmpty();
    assertThat(canaries.hitsOn(medium)).isEmpty();
    // the search itself finds what is there
    Files.writeString(data.resolve("planted"), "xx" + CAMERA_NAME);
    assertThat(canaries.hits(data)).hasSize(1);
    if (medium.image().isPresent()) {
      assertThat(canaries.hitsOn(medium)).containsExactly(CAMERA_NAME);
    }
  }

  /** Kept although there is no radio, and nowhere given out again. */
  static void chooseWifi(Rest owner, String name, String key) throws IOException {
    Rest.Answer chosen = owner.put("wifi", Map.of("ssid", name, "key", key, "hidden", false));
    assertThat(chosen.status()).isEqualTo(200);
    assertThat(chosen.json().path("state").asText()).isEqualTo("no_radio");
    assertThat(chosen.json().path("trial").path("ssid").asText()).isEqualTo(name);
    assertThat(new String(owner.get("wifi").body(), StandardCharsets.UTF_8)).doesNotContain(key);
  }
}
