// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** What the tests of recordings share: settings, waiting, and ffprobe as an independent reader. */
final class Recorded {
  private static final String EVER = "from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z";

  private Recorded() {}

  /** The given mode on the main stream, clips of a minute, short pre- and post-roll. */
  static Map<String, Object> settings(String mode) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("mode", mode);
    settings.put("streams", List.of("main"));
    settings.put("schedule", List.of());
    settings.put("preRollSeconds", 2);
    settings.put("postRollSeconds", 2);
    settings.put("clipMinutes", 1);
    settings.put("keepDays", 30);
    settings.put("keepMebibytes", 0);
    settings.put("motionDetection", false);
    settings.put("sensitivity", 50);
    settings.put("zones", List.of());
    return settings;
  }

  static void mode(Rest rest, String mode) throws IOException {
    Rest.Answer answer = rest.put("recordings/settings", settings(mode));
    if (answer.status() != 200) {
      throw new IOException("settings answered " + answer.status() + " " + answer.json());
    }
  }

  /** All clips of the main stream, the oldest first. */
  static List<JsonNode> clips(Rest rest) throws IOException {
    List<JsonNode> clips = new ArrayList<>();
    list(rest).path("clips").forEach(clips::add);
    return clips;
  }

  static JsonNode list(Rest rest) throws IOException {
    return rest.get("recordings?stream=main&limit=1000&" + EVER).json();
  }

  /** Records a finished clip of at least so many seconds. */
  static void clip(Rest rest, int seconds) throws IOException {
    int before = clips(rest).size();
    mode(rest, "continuous");
    await(
        rest,
        clips ->
            clips.size() > before
                && clips.get(clips.size() - 1).path("pictures").asInt() >= seconds * 10);
    mode(rest, "off");
    await(
        rest, clips -> clips.stream().noneMatch(c -> c.path("state").asText().equals("recording")));
  }

  static List<JsonNode> await(Rest rest, Predicate<List<JsonNode>> condition) throws IOException {
    long give = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    List<JsonNode> clips = clips(rest);
    while (!condition.test(clips)) {
      if (System.nanoTime() > give) {
        throw new IOException("waited in vain; " + clips + rest.get("recordings/state").json());
      }
      CameraProcess.pause(Duration.ofMillis(200));
      clips = clips(rest);
    }
    return clips;
  }

  /** How many pictures ffprobe decodes; whatever else it has to say is a failure. */
  static int decodedPictures(Path film) throws IOException {
    String said =
        run(
                "ffprobe",
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=nb_read_frames",
                "-of",
                "default=nokey=1:noprint_wrappers=1",
                film.toString())
            .strip();
    if (!said.matches("\\d+")) {
      throw new IOException("ffprobe: " + said);
    }
    return Integer.parseInt(said);
  }

  static Path save(Rest.Answer answer, Path file) throws IOException {
    if (answer.status() != 200) {
      throw new IOException("answered " + answer.status() + " " + answer.json());
    }
    return Files.write(file, answer.body());
  }

  /** Runs a program to its end and returns what it said; a failure is an exception. */
  static String run(String... command) throws IOException {
    return finish(new ProcessBuilder(command).redirectErrorStream(true), command);
  }

  /** As {@link #run}, but returns standard output alone, without the log. */
  static String output(String... command) throws IOException {
    return finish(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD), command);
  }

  private static String finish(ProcessBuilder program, String... command) throws IOException {
    Process process = program.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + " failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return said;
  }
}
