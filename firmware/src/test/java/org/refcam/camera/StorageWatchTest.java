// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.EventType;
import org.refcam.camera.StorageAlarm.Trouble;

class StorageWatchTest {
  private final List<AuditEvent> events = new ArrayList<>();
  private Optional<Trouble> trouble = Optional.empty();
  private long nanos = Long.MAX_VALUE - 5_000_000_000L; // of a clock that runs over
  private final StorageWatch watch = new StorageWatch(() -> trouble, () -> nanos, events::add);

  /** Looks once a second. */
  private void look(Duration during) {
    for (long second = 0; second < during.toSeconds(); second++) {
      watch.look();
      nanos += 1_000_000_000L;
    }
  }

  private List<String> states() {
    return events.stream().map(event -> event.details().getOrDefault("state", "")).toList();
  }

  @Test
  void wellMedium_isNoNews() {
    look(Duration.ofMinutes(5));
    assertThat(watch.failed()).isFalse();
    assertThat(events).isEmpty();
  }

  @Test
  void fullMedium_isToldOnce_andThatItWorksAgain() {
    trouble = Optional.of(Trouble.FULL);
    look(Duration.ofHours(3));
    assertThat(watch.failed()).isTrue();
    assertThat(events)
        .containsExactly(AuditEvent.ofCamera(EventType.RECORDING_STORAGE, Map.of("state", "full")));
    trouble = Optional.empty();
    look(StorageAlarm.CALM.minusSeconds(2));
    assertThat(watch.failed()).as("until it has worked for a while").isTrue();
    look(Duration.ofSeconds(3));
    assertThat(watch.failed()).isFalse();
    assertThat(states()).containsExactly("full", "works");
    trouble = Optional.of(Trouble.FULL);
    look(Duration.ofSeconds(1));
    assertThat(states()).containsExactly("full", "works", "full");
  }

  @Test
  void cardThatFailsAtEveryTry_isOneStory() {
    for (int tries = 0; tries < 1000; tries++) {
      trouble = Optional.of(tries % 2 == 0 ? Trouble.FAILING : Trouble.READ_ONLY);
      look(Duration.ofSeconds(5));
      trouble = Optional.empty(); // a clip begins, and its first bytes fail
      look(Duration.ofSeconds(2));
    }
    assertThat(watch.failed()).isTrue();
    assertThat(states()).containsExactly("failing", "read_only");
  }

  @Test
  void documentAndPage_knowEveryWord() throws Exception {
    String document = Files.readString(Path.of("doc/recording.md")).replaceAll("\\s+", " ");
    String messages = Files.readString(Path.of("src/main/web/messages.js"));
    for (Trouble one : Trouble.values()) {
      assertThat(document).contains("`" + one.word() + "`");
      assertThat(messages).contains("storage_" + one.word() + ":");
      assertThat(messages).contains("recordings_state_" + one.word() + ":");
    }
    assertThat(document).contains("worked for " + StorageAlarm.CALM.toSeconds() + " s");
    assertThat(messages).contains("storage_works:");
  }
}
