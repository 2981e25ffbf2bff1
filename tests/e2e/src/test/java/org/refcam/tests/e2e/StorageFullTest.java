// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;

/** A medium that fills up: the owner is told, live view goes on, recording resumes by itself. */
class StorageFullTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path directory;

  @Test
  void fullMedium_isToldToTheOwner_andRecordingResumes() throws Exception {
    try (RawMedium medium = RawMedium.mount(directory)) {
      assumeTrue(medium.image().isPresent(), "no image can be mounted here");
      fills(medium);
    }
  }

  private void fills(RawMedium medium) throws Exception {
    Path data = medium.directory().resolve("camera");
    try (CameraProcess camera = CameraProcess.startOn(data, List.of("--source", "test"))) {
      Rest owner = camera.setUp();
      Recorded.mode(owner, "continuous");
      awaitState(owner, "recording");
      assertThat(told(owner)).isEmpty();

      Path filler = fill(medium.directory());
      awaitState(owner, "full");
      awaitTold(owner, List.of("full"));
      assertThat(owner.get("snapshot/main").status()).as("live view goes on").isEqualTo(200);

      Files.delete(filler);
      awaitState(owner, "recording");
      awaitTold(owner, List.of("full", "works"));
      assertThat(owner.get("audit/check").json().path("sound").asBoolean()).isTrue();
    }
  }

  /** Leaves less than the reserve, and enough for everything but footage. */
  private static Path fill(Path medium) throws IOException {
    long size = medium.toFile().getUsableSpace() - 30L * MEBIBYTE;
    Path filler = medium.resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      byte[] block = new byte[MEBIBYTE];
      for (long written = 0; written < size; written += block.length) {
        out.write(block);
      }
    }
    return filler;
  }

  private static void awaitState(Rest owner, String wanted) throws IOException {
    long give = System.nanoTime() + PATIENCE.toNanos();
    String state = "";
    while (!state.equals(wanted)) {
      assertThat(System.nanoTime()).as("%s is not %s", state, wanted).isLessThan(give);
      CameraProcess.pause(Duration.ofMillis(300));
      state = owner.get("recordings/state").json().at("/streams/0/state").asText();
    }
  }

  private static void awaitTold(Rest owner, List<String> wanted) throws IOException {
    long give = System.nanoTime() + PATIENCE.toNanos();
    while (!told(owner).equals(wanted)) {
      assertThat(System.nanoTime()).as("told %s", told(owner)).isLessThan(give);
      CameraProcess.pause(Duration.ofMillis(500));
    }
  }

  /** The states of the medium in the audit log, the oldest first. */
  private static List<String> told(Rest owner) throws IOException {
    List<String> states = new ArrayList<>();
    for (JsonNode one : owner.get("audit?type=recording_storage").json().path("records")) {
      states.add(0, one.at("/details/state").asText());
    }
    return states;
  }
}
