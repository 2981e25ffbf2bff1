// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * Known words and pictures go in through the public doors; afterwards the whole data directory is
 * searched for them as text, UTF-16, hex and base64, and for the marks of pictures and video.
 */
class CanaryTest {
  private static final String CAMERA_NAME = "Kanarienvogel-7319-phongngu";
  private static final String CLIENT_NAME = "Dau-ghi-4482-zilpzalp";
  private static final String ZONE_NAME = "Cua-sau-5526-rotkehlchen";

  @TempDir Path directory;

  @Test
  void nothingOfTheOwners_liesInTheClear() throws Exception {
    Path data = directory.resolve("camera");
    Map<String, byte[]> canaries = new LinkedHashMap<>();
    for (String word :
        List.of(CAMERA_NAME, CLIENT_NAME, ZONE_NAME, CameraProcess.OWNER_PASSWORD, "Asia/Tokyo")) {
      canaries.put(word, word.getBytes(StandardCharsets.UTF_8));
    }
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("timeZone", "Asia/Tokyo");
      settings.put("country", "JP");
      settings.put("language", "vi");
      settings.put("cameraName", CAMERA_NAME);
      settings.put("clockOverlay", true);
      assertThat(owner.put("settings", settings).status()).isEqualTo(200);
      Rest.Credentials client = owner.createClient(CLIENT_NAME, "viewer");
      canaries.put("a client's password", client.password().getBytes(StandardCharsets.UTF_8));
      Map<String, Object> recording = Recorded.settings("off");
      recording.put(
          "zones", List.of(Map.of("name", ZONE_NAME, "x", 0, "y", 0, "width", 1, "height", 1)));
      assertThat(owner.put("recordings/settings", recording).status()).isEqualTo(200);
      Recorded.clip(owner, 3);
      JsonNode clip = Recorded.clips(owner).get(0);
      String id = clip.path("id").asText();
      byte[] film = owner.get("recordings/" + id + "/video").body();
      canaries.put("a piece of video", Arrays.copyOfRange(film, 2000, 2048));
      byte[] still = owner.get("recordings/" + id + "/thumbnail").body();
      canaries.put("a piece of the thumbnail", Arrays.copyOfRange(still, 700, 748));
      canaries.put(
          "the clip's begin", clip.path("start").asText().getBytes(StandardCharsets.UTF_8));
      owner.post(
          "recordings/exports",
          Map.of("stream", "main", "from", clip.path("start"), "to", clip.path("end")));
      search(data, canaries); // while it runs
    }
    search(data, canaries);
    // the search itself finds what is there
    Files.writeString(data.resolve("planted"), "xx" + CAMERA_NAME);
    assertThat(hits(data, canaries)).hasSize(1);
  }

  private static void search(Path data, Map<String, byte[]> canaries) throws IOException {
    assertThat(hits(data, canaries)).isEmpty();
  }

  private static List<String> hits(Path data, Map<String, byte[]> canaries) throws IOException {
    List<String> hits = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.endsWith("label-of-the-test.json")) {
          continue; // the harness's own
        }
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        canaries.forEach(
            (name, canary) ->
                forms(canary).stream()
                    .filter(bytes::contains)
                    .forEach(form -> hits.add(file + ": " + name)));
        if (bytes.contains("JFIF")
            || bytes.contains("ftypiso")
            || bytes.contains("SQLite format")) {
          hits.add(file + ": the mark of a picture, a film or a database");
        }
      }
    }
    return hits;
  }

  /** As bytes, UTF-16 of both orders, hex of both cases, and base64 at each of three offsets. */
  private static List<String> forms(byte[] canary) {
    List<String> forms = new ArrayList<>();
    String plain = new String(canary, StandardCharsets.ISO_8859_1);
    forms.add(plain);
    String hex = HexFormat.of().formatHex(canary);
    forms.add(hex);
    forms.add(hex.toUpperCase(Locale.ROOT));
    for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      forms.add(new String(plain.getBytes(charset), StandardCharsets.ISO_8859_1));
    }
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + canary.length];
      System.arraycopy(canary, 0, shifted, offset, canary.length);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // the characters that depend on the neighbours are left out
      forms.add(base64.substring(offset == 0 ? 0 : offset + 1, base64.length() - 1));
    }
    return forms;
  }
}
