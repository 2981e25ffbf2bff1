// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/**
 * kill -9 of the recording camera, again and again on one data directory: whatever was listed as
 * durable before is there afterwards, every clip plays, and of the one under way at most the last
 * fragment is missing. {@code -Drefcam.kills=200} for the record, 10 otherwise.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("refcam.kills", 10);
  private static final Duration FRAGMENT = Duration.ofSeconds(1);

  /** For the time between the last look and the kill, and the clock's reading of both. */
  private static final Duration LOOKING = Duration.ofMillis(500);

  @TempDir Path directory;

  @Test
  void killed_atAnyMoment_losesAtMostTheLastFragment() throws Exception {
    Path data = directory.resolve("camera");
    Random random = new Random(9);
    Map<String, Integer> durable = new HashMap<>();
    for (int kill = 0; kill <= KILLS; kill++) {
      try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
        Rest owner = kill == 0 ? camera.setUp() : camera.signIn();
        if (kill == 0) {
          Recorded.mode(owner, "continuous");
        } else {
          nothingWasLost(owner, durable, kill);
        }
        long began = Recorded.clips(owner).size();
        Recorded.await(owner, clips -> clips.size() >= began && !clips.isEmpty());
        CameraProcess.pause(Duration.ofMillis(1500 + random.nextInt(2500)));
        Instant looked = Instant.now();
        List<JsonNode> clips = Recorded.clips(owner);
        camera.kill();
        clips.forEach(c -> durable.put(c.path("id").asText(), c.path("pictures").asInt()));
        Instant end = Instant.parse(clips.get(clips.size() - 1).path("end").asText());
        assertThat(Duration.between(end, looked))
            .as("what is durable lags behind, kill %d", kill)
            .isLessThan(FRAGMENT.plus(LOOKING).plus(FRAGMENT)); // the one being filled, and sealed
      }
    }
  }

  private static void nothingWasLost(Rest owner, Map<String, Integer> durable, int kill)
      throws Exception {
    Map<String, Integer> now = new HashMap<>();
    for (JsonNode clip : Recorded.clips(owner)) {
      now.put(clip.path("id").asText(), clip.path("pictures").asInt());
      assertThat(clip.path("state").asText()).isNotEqualTo("damaged");
    }
    durable.forEach(
        (id, pictures) ->
            assertThat(now.getOrDefault(id, 0))
                .as("pictures of %s after kill %d", id, kill)
                .isGreaterThanOrEqualTo(pictures));
  }
}
