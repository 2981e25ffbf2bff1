// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** Footage through the public doors: record, list, play, hold, export, erase one. */
class RecordingsTest {
  private static final Path FOOTAGE = Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");

  @TempDir Path directory;

  private static ProcessBuilder feed(String... input) {
    List<String> command = new java.util.ArrayList<>(List.of("ffmpeg", "-v", "error", "-re"));
    command.addAll(List.of(input));
    command.addAll(List.of("-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", "-"));
    return new ProcessBuilder(command);
  }

  private static ProcessBuilder people() {
    return feed("-stream_loop", "-1", "-i", FOOTAGE.toString());
  }

  private Path refused(Path film, String option, String value) {
    assertThatThrownBy(() -> verify(film, option, value)).isInstanceOf(IOException.class);
    return film;
  }

  private static String verify(Path film, String... options) throws IOException {
    String[] command = {
      CameraProcess.repository().resolve("firmware/refcam").toString(),
      "verify",
      film.toString(),
      "--json"
    };
    String[] all = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return Recorded.run(all);
  }

  @Test
  void freshCamera_recordsNothing_untilItsOwnerDecides() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      assertThat(camera.rest().get("recordings/state").error()).isEqualTo("set_up_first");
      Rest owner = camera.setUp();
      assertThat(camera.rest().get("recordings/state").error()).isEqualTo("sign_in_first");
      assertThat(owner.get("recordings/settings").json().path("mode").asText()).isEqualTo("off");
      assertThat(Recorded.clips(owner)).isEmpty();
    }
  }

  @Test
  void clips_play_areHeld_exported_andErased_neighboursStay() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "y4m:-"), people())) {
      Rest owner = camera.setUp();
      for (int i = 0; i < 3; i++) {
        Recorded.clip(owner, 3);
      }
      List<JsonNode> clips = Recorded.clips(owner);
      assertThat(clips).hasSize(3);
      for (JsonNode clip : clips) {
        plays(owner, clip);
      }
      String middle = clips.get(1).path("id").asText();
      ranges(owner, middle);
      assertThat(owner.get("recordings/" + middle + "/thumbnail").body()).startsWith(0xFF, 0xD8);

      Path film = export(owner, clips, "mp4");
      int pictures = clips.stream().mapToInt(clip -> clip.path("pictures").asInt()).sum();
      assertThat(Recorded.decodedPictures(film)).isEqualTo(pictures);
      String fingerprint = camera.label().path("certificateSha256").asText();
      assertThat(verify(film, "--certificate-sha256", fingerprint)).contains("\"genuine\":true");
      byte[] bytes = Files.readAllBytes(film);
      bytes[bytes.length / 2] ^= 1;
      refused(
          Files.write(directory.resolve("changed.mp4"), bytes),
          "--certificate-sha256",
          fingerprint);
      refused(film, "--certificate-sha256", "00".repeat(32));

      assertThat(owner.post("recordings/" + middle + "/hold", Map.of("held", true)).status())
          .isEqualTo(204);
      assertThat(owner.delete("recordings/" + middle).error()).isEqualTo("held");
      assertThat(owner.post("recordings/" + middle + "/hold", Map.of("held", false)).status())
          .isEqualTo(204);
      assertThat(owner.delete("recordings/" + middle).status()).isEqualTo(204);
      assertThat(owner.get("recordings/" + middle + "/video").status()).isEqualTo(404);
      assertThat(owner.get("recordings/" + middle + "/thumbnail").status()).isEqualTo(404);
      assertThat(Recorded.clips(owner)).hasSize(2);
      assertThat(owner.get("audit?type=recording_held").json().path("records")).hasSize(2);
      assertThat(owner.get("audit?type=recording_exported").json().path("records"))
          .isNotEmpty()
          .allSatisfy(
              record -> assertThat(record.path("details").path("form").asText()).isEqualTo("mp4"));
      plays(owner, clips.get(0));
      plays(owner, clips.get(2));
    }
  }

  private void plays(Rest owner, JsonNode clip) throws IOException {
    String id = clip.path("id").asText();
    Path film =
        Recorded.save(owner.get("recordings/" + id + "/video"), directory.resolve(id + ".mp4"));
    assertThat(Recorded.decodedPictures(film)).isEqualTo(clip.path("pictures").asInt());
    String later = Instant.parse(clip.path("start").asText()).plusMillis(2500).toString();
    Rest.Answer part = owner.get("recordings/" + id + "/part?seconds=1&at=" + later);
    Path scrubbed = Recorded.save(part, directory.resolve(id + ".part.mp4"));
    assertThat(Recorded.decodedPictures(scrubbed)).isPositive();
  }

  /** Two halves that were asked for one after the other are the whole. */
  private static void ranges(Rest owner, String clip) throws IOException {
    byte[] whole = owner.get("recordings/" + clip + "/video").body();
    int middle = whole.length / 2;
    Rest.Answer first = owner.getRange("recordings/" + clip + "/video", "bytes=0-" + (middle - 1));
    Rest.Answer rest = owner.getRange("recordings/" + clip + "/video", "bytes=" + middle + "-");
    assertThat(first.status()).isEqualTo(206);
    assertThat(first.body()).isEqualTo(Arrays.copyOf(whole, middle));
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole, middle, whole.length));
    assertThat(
            owner.getRange("recordings/" + clip + "/video", "bytes=" + whole.length + "-").error())
        .isEqualTo("no_such_range");
  }

  private Path export(Rest owner, List<JsonNode> clips, String form) throws IOException {
    JsonNode made =
        owner
            .post(
                "recordings/exports",
                Map.of(
                    "stream",
                    "main",
                    "from",
                    clips.get(0).path("start").asText(),
                    "to",
                    "2099-01-01T00:00:00Z",
                    "form",
                    form))
            .json();
    String id = made.path("id").asText();
    JsonNode now = made;
    for (int i = 0; i < 300 && now.path("phase").asText().equals("preparing"); i++) {
      CameraProcess.pause(Duration.ofMillis(100));
      now = owner.get("recordings/exports/" + id).json();
    }
    assertThat(now.path("phase").asText()).isEqualTo("ready");
    assertThat(now.path("key").asText()).as("shown once").isEmpty();
    Files.writeString(directory.resolve("key"), made.path("key").asText());
    return Recorded.save(
        owner.get("recordings/exports/" + id + "/file"), directory.resolve("export." + form));
  }

  @Test
  void bundle_opensWithItsKey_byAge_andByOurCommand_andByNoOther() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Recorded.clip(owner, 2);
      Path bundle = export(owner, Recorded.clips(owner), "bundle");
      Path key = directory.resolve("key");
      Path opened = directory.resolve("opened.mp4");
      Recorded.run("age", "-d", "-i", key.toString(), "-o", opened.toString(), bundle.toString());
      assertThat(Recorded.decodedPictures(opened)).isGreaterThanOrEqualTo(20);
      Path ours = directory.resolve("ours.mp4");
      assertThat(verify(bundle, "--key-file", key.toString(), "--out", ours.toString()))
          .contains("\"genuine\":true");
      assertThat(ours).hasSameBinaryContentAs(opened);
      Path other = directory.resolve("other-key");
      Recorded.run("age-keygen", "-o", other.toString());
      refused(bundle, "--key-file", other.toString());
    }
  }

  @Test
  void motion_peopleWalk_isRecordedAndMarked_noiseIsNot() throws Exception {
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "y4m:-"), people())) {
      Rest owner = camera.setUp();
      Recorded.mode(owner, "motion");
      Recorded.await(
          owner, clips -> !clips.isEmpty() && clips.get(0).path("pictures").asInt() > 40);
      assertThat(owner.get("recordings/state").json().path("moving").asBoolean()).isTrue();
      Recorded.mode(owner, "off");
      Recorded.await(owner, clips -> !clips.get(0).path("state").asText().equals("recording"));
      JsonNode event = Recorded.list(owner).path("events").path(0);
      assertThat(event.path("kind").asText()).isEqualTo("motion");
      Instant clip = Instant.parse(Recorded.clips(owner).get(0).path("start").asText());
      assertThat(Instant.parse(event.path("start").asText())).as("pre-roll").isAfter(clip);
    }
    ProcessBuilder still =
        feed(
            "-f",
            "lavfi",
            "-i",
            "smptebars=size=640x480:rate=10,noise=alls=24:allf=t,format=yuv420p");
    try (CameraProcess camera = CameraProcess.start(List.of("--source", "y4m:-"), still)) {
      Rest owner = camera.setUp();
      Recorded.mode(owner, "motion");
      CameraProcess.pause(Duration.ofSeconds(12));
      assertThat(Recorded.clips(owner)).isEmpty();
      assertThat(owner.get("recordings/state").json().path("trouble").asBoolean()).isFalse();
    }
  }

  @Test
  void export_ofAStoppedCamera_byCommand_andARunningOneIsLeftAlone() throws Exception {
    Path data = directory.resolve("camera");
    String[] command = {
      CameraProcess.repository().resolve("firmware/refcam").toString(),
      "export",
      "--data",
      data.toString(),
      "--json",
      "--from",
      "2020-01-01T00:00:00Z",
      "--to",
      "2099-01-01T00:00:00Z",
      "--out",
      directory.resolve("film.mp4").toString()
    };
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Recorded.clip(camera.setUp(), 2);
      assertThatThrownBy(() -> Recorded.run(command)).hasMessageContaining("running");
    }
    assertThat(Recorded.run(command)).contains("\"pictures\":");
    assertThat(Recorded.decodedPictures(directory.resolve("film.mp4"))).isGreaterThanOrEqualTo(20);
    assertThatThrownBy(() -> Recorded.run(command)).hasMessageContaining("is there already");
  }
}
