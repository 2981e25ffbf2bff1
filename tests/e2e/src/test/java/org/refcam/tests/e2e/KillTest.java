// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * kill -9 of the recording camera, again and again on one data directory: whatever was listed as
 * durable before is there afterwards, no clip is damaged, and of the one under way at most the last
 * fragment is missing. Prints what was lost. {@code -Drefcam.kills=200} for the record, 10
 * otherwise.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("refcam.kills", 10);
  private static final Duration FRAGMENT = Duration.ofSeconds(1);

  /** For the time between the last look and the kill, and the clock's reading of both. */
  private static final Duration LOOKING = Duration.ofMillis(500);

  @TempDir Path directory;

  /** Per kill: how much of what the scene showed until then no clip holds, in milliseconds. */
  private final List<Long> lostMillis = new ArrayList<>();

  private final Map<String, Integer> durable = new HashMap<>();

  @Test
  @Timeout(value = 4, unit = TimeUnit.HOURS) // for the record; ten fit into what every test has
  void killed_atAnyMoment_losesAtMostTheLastFragment() throws Exception {
    Path data = directory.resolve("camera");
    Random random = new Random(9);
    Killed last = null;
    for (int kill = 0; kill <= KILLS; kill++) {
      try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
        Rest owner = last == null ? camera.setUp() : camera.signIn();
        if (last == null) {
          Recorded.mode(owner, "continuous");
        } else {
          nothingWasLost(Recorded.clips(owner), last, kill);
        }
        last = recordAndKill(camera, owner, Duration.ofMillis(1500 + random.nextInt(2500)), kill);
      }
    }
    Collections.sort(lostMillis);
    System.out.printf(
        "%d kills: pictures lost that had been listed 0, damaged clips 0; recording lost before the"
            + " kill: median %d ms, most %d ms%n",
        lostMillis.size(), lostMillis.get(lostMillis.size() / 2), lostMillis.get(KILLS - 1));
  }

  /** The clip under way when the camera was killed, and when that was. */
  private record Killed(String clip, Instant at) {}

  private Killed recordAndKill(CameraProcess camera, Rest owner, Duration recording, int kill)
      throws Exception {
    Recorded.await(
        owner, clips -> clips.stream().anyMatch(c -> !durable.containsKey(id(c)) && !empty(c)));
    CameraProcess.pause(recording);
    Instant looked = Instant.now();
    List<JsonNode> clips = Recorded.clips(owner);
    Instant killed = Instant.now();
    camera.kill();
    clips.forEach(c -> durable.put(id(c), c.path("pictures").asInt()));
    JsonNode underWay = clips.get(clips.size() - 1);
    assertThat(Duration.between(Instant.parse(underWay.path("end").asText()), looked))
        .as("what is durable lags behind, kill %d", kill)
        .isLessThan(FRAGMENT.plus(FRAGMENT).plus(LOOKING)); // one being filled, one being synced
    return new Killed(id(underWay), killed);
  }

  private void nothingWasLost(List<JsonNode> clips, Killed last, int kill) {
    Map<String, Integer> now = new HashMap<>();
    for (JsonNode clip : clips) {
      now.put(id(clip), clip.path("pictures").asInt());
      assertThat(clip.path("state").asText()).isNotEqualTo("damaged");
      if (id(clip).equals(last.clip())) {
        Instant end = Instant.parse(clip.path("end").asText());
        lostMillis.add(Math.max(0, Duration.between(end, last.at()).toMillis()));
      }
    }
    durable.forEach(
        (id, pictures) ->
            assertThat(now.getOrDefault(id, 0))
                .as("pictures of %s after kill %d", id, kill)
                .isGreaterThanOrEqualTo(pictures));
    assertThat(lostMillis).as("clips that kills interrupted and that are there").hasSize(kill);
    assertThat(lostMillis.get(kill - 1))
        .as("milliseconds lost by kill %d", kill)
        .isLessThan(FRAGMENT.plus(FRAGMENT).plus(LOOKING).toMillis());
  }

  private static String id(JsonNode clip) {
    return clip.path("id").asText();
  }

  private static boolean empty(JsonNode clip) {
    return clip.path("pictures").asInt() == 0;
  }
}
