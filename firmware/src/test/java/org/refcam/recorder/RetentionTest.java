// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.storage.Storage;
import org.refcam.vault.ClipId;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipStart;
import org.refcam.vault.ClipWriter;
import org.refcam.vault.Trigger;
import org.refcam.vault.Vault;

class RetentionTest {
  private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path directory;
  private Vault vault;
  private final Studio.Space space = new Studio.Space();
  private final List<ClipId> clips = new ArrayList<>();

  /** One clip a day, of two seconds. */
  @BeforeEach
  void recordTenDays() throws IOException {
    vault = Studio.vault(directory, Storage.disk());
    for (int day = 0; day < 10; day++) {
      Instant start = DAY.plus(Duration.ofDays(day));
      try (ClipWriter writer =
          vault.startClip(
              new ClipStart(
                  "main", Trigger.CONTINUOUS, start, new MediaTime(0), FrameRate.of(10)))) {
        for (int n = 0; n < 20; n++) {
          writer.append(Units.unit(n, 20));
        }
        clips.add(writer.id());
      }
    }
  }

  @AfterEach
  void closeVault() {
    vault.close();
  }

  private List<ClipId> left() {
    return vault.timeline("main", DAY, DAY.plus(Duration.ofDays(30))).clips().stream()
        .map(ClipInfo::id)
        .toList();
  }

  private Retention retention(int days, long bytes) {
    return new Retention(vault, space, new Retention.Limits(days, bytes));
  }

  @Test
  void age_erasesWhatEndedBefore() throws Exception {
    retention(3, 0).round(DAY.plus(Duration.ofDays(10)));
    assertThat(left()).isEqualTo(clips.subList(7, 10));
  }

  @Test
  void noLimits_eraseNothing() throws Exception {
    retention(0, 0).round(DAY.plus(Duration.ofDays(5000)));
    assertThat(left()).isEqualTo(clips);
  }

  @Test
  void size_erasesTheOldest() throws Exception {
    long one = vault.totalBytes() / 10;
    retention(0, 4 * one + one / 2).round(DAY);
    assertThat(left()).isEqualTo(clips.subList(6, 10));
  }

  @Test
  void tooManyClips_theOldestGo_heldOnesStay() throws Exception {
    vault.hold(clips.get(1), true);
    new Retention(vault, space, new Retention.Limits(0, 0), 4).round(DAY);
    List<ClipId> expected = new ArrayList<>(clips.subList(7, 10));
    expected.add(0, clips.get(1));
    assertThat(left()).isEqualTo(expected);
  }

  @Test
  void document_statesTheBound() throws Exception {
    assertThat(Files.readString(Path.of("doc/recording.md")))
        .contains(String.format(java.util.Locale.ROOT, "%,d clips", Retention.MOST_CLIPS));
  }

  @Test
  @DisplayName(
      "INV-REC-1: below the reserve the oldest go, then recording stops until there is room")
  void reserve_erasesTheOldest_thenStops_thenGoesOn() throws Exception {
    Retention retention = retention(0, 0);
    long reserve = Retention.reserve(space.total());
    long one = vault.totalBytes() / 10;
    space.usable = reserve - 2 * one + 1;
    retention.round(DAY);
    assertThat(left()).isEqualTo(clips.subList(2, 10));
    assertThat(retention.full()).isTrue();
    space.usable = reserve;
    retention.round(DAY);
    assertThat(retention.full()).as("a margin before it goes on").isTrue();
    space.usable = reserve + Retention.RESUME_BYTES;
    retention.round(DAY);
    assertThat(retention.full()).isFalse();
    space.usable = 0;
    retention.round(DAY);
    assertThat(left()).isEmpty();
    assertThat(retention.full()).isTrue();
  }

  @Test
  @DisplayName("INV-REC-2: retention never erases a held clip nor the one being recorded")
  void heldAndOpenClips_stay_whateverTheLimits() throws Exception {
    vault.hold(clips.get(0), true);
    vault.hold(clips.get(5), true);
    try (ClipWriter open =
        vault.startClip(
            new ClipStart("main", Trigger.MOTION, DAY, new MediaTime(0), FrameRate.of(10)))) {
      for (int n = 0; n < 21; n++) {
        open.append(Units.unit(n, 20));
      }
      space.usable = 0;
      retention(1, 1).round(DAY.plus(Duration.ofDays(3000)));
      assertThat(left()).containsExactlyInAnyOrder(clips.get(0), clips.get(5), open.id());
    }
  }

  /** A medium on which a clip takes 10 MiB and gives them back. */
  private final class Small implements DiskSpace {
    private final long perByte = (10L << 20) * clips.size() / vault.totalBytes();
    private long others;

    @Override
    public long total() {
      return 1L << 30;
    }

    @Override
    public long usable() {
      return Retention.reserve(total()) + (95L << 20) - others - perByte * vault.totalBytes();
    }
  }

  @Test
  void fullOfHeldClips_holdLifted_recordingGoesOn() throws Exception {
    Small small = new Small();
    small.others = 6L << 20;
    Retention retention = new Retention(vault, small, new Retention.Limits(0, 0));
    for (ClipId clip : clips) {
      vault.hold(clip, true);
    }
    retention.round(DAY);
    assertThat(retention.full()).isTrue();
    small.others = -6L << 20; // above the reserve again, but not by the margin
    retention.round(DAY);
    assertThat(retention.full()).isTrue();
    assertThat(left()).isEqualTo(clips);
    for (ClipId clip : clips) {
      vault.hold(clip, false);
    }
    retention.round(DAY);
    assertThat(retention.full()).isFalse();
  }

  @Test
  void reserve_isATwentieth_inBounds() {
    assertThat(Retention.reserve(0)).isEqualTo(64L << 20);
    assertThat(Retention.reserve(8L << 30)).isEqualTo((8L << 30) / 20);
    assertThat(Retention.reserve(1L << 40)).isEqualTo(1L << 30);
  }
}
