// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.recorder.RecordingSettings.Mode;
import org.refcam.storage.FailingStorage;
import org.refcam.vault.ClipId;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipReader;
import org.refcam.vault.ClipStart;
import org.refcam.vault.ClipWriter;
import org.refcam.vault.RecordedUnit;
import org.refcam.vault.Timeline;
import org.refcam.vault.Trigger;
import org.refcam.vault.Vault;

/** Recording for a day and for a month, with a clock that a test sets and pictures of 60 bytes. */
class LongRunTest {
  private static final int DAY_SECONDS = 86_400;

  /** As far apart as pictures of one clip may be. */
  private static final int STEP_SECONDS = 2;

  private static final int PICTURES_PER_CLIP = 300;
  private static final int PICTURES_PER_IDR = 15;
  private static final int CLIP_NAME = 32;

  @TempDir Path directory;

  private static RecordingSettings keep(long bytes) {
    return new RecordingSettings(
        Mode.CONTINUOUS,
        Set.of("main"),
        WeeklySchedule.ALWAYS,
        ZoneOffset.UTC,
        Duration.ZERO,
        Duration.ofSeconds(2),
        Duration.ofMinutes(10),
        new Retention.Limits(0, bytes));
  }

  /** The whole recorder, its queue and thread; then any key frame of the day is found. */
  @Test
  void aDay_isThereWithoutAGap_andAnyKeyFrameIsFound() throws Exception {
    try (Studio studio = new Studio(directory, new FailingStorage(), keep(0))) {
      studio.start();
      record(studio, DAY_SECONDS);
      studio.recorder.close();
      Timeline day = studio.timeline();
      assertThat(studio.recorder.status().get(0).dropped()).isZero();
      assertThat(day.clips()).hasSize(DAY_SECONDS / STEP_SECONDS / PICTURES_PER_CLIP);
      assertThat(day.clips().stream().mapToInt(ClipInfo::pictures).sum())
          .isEqualTo(DAY_SECONDS / STEP_SECONDS);
      for (int i = 1; i < day.clips().size(); i++) {
        assertThat(day.clips().get(i).start())
            .isEqualTo(day.clips().get(i - 1).start().plus(Duration.ofMinutes(10)));
      }
      seekAnywhere(studio.vault);
      assertThat(studio.vault.verify()).isEmpty();
    }
  }

  /** The owner's limit of bytes is kept from clip to clip, and the newest stay. */
  @Test
  void sixHours_withALimit_keepTheNewest() throws Exception {
    long limit;
    try (Studio studio = new Studio(directory, new FailingStorage(), keep(0))) {
      studio.start();
      record(studio, 3600);
      studio.recorder.close();
      limit = studio.vault.totalBytes(); // what an hour takes
      studio.vault.erase(studio.timeline().clips().stream().map(ClipInfo::id).toList());
    }
    Path second = Files.createDirectory(directory.resolve("second"));
    try (Studio studio = new Studio(second, new FailingStorage(), keep(limit))) {
      studio.start();
      record(studio, 6 * 3600);
      studio.recorder.close();
      List<ClipInfo> left = studio.timeline().clips();
      assertThat(left).hasSizeBetween(5, 7);
      assertThat(left.get(left.size() - 1).end())
          .isEqualTo(Studio.BASE.plusSeconds(6 * 3600 - STEP_SECONDS).plusMillis(100));
      assertThat(studio.vault.totalBytes()).isLessThan(limit + limit / 3);
    }
  }

  /**
   * Feeds pictures a clip at a time and lets the retention have its round. The clock stands: a
   * picture's own time says when it was taken.
   */
  private static void record(Studio studio, int seconds) {
    int pictures = seconds / STEP_SECONDS;
    for (int n = 0; n < pictures; n++) {
      long nanos = n * STEP_SECONDS * 1_000_000_000L;
      studio.main.accept(Units.unit(n, nanos, n % PICTURES_PER_IDR == 0, Units.sps()));
      if ((n + 1) % PICTURES_PER_CLIP == 0) {
        Instant until = Studio.BASE.plusNanos(nanos).minusSeconds(2 * STEP_SECONDS);
        Studio.await(
            () ->
                studio.vault.span("main").filter(span -> span.until().isAfter(until)).isPresent());
        studio.recorder.round();
      }
    }
  }

  private static void seekAnywhere(Vault vault) throws IOException {
    Random random = new Random(4);
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int keyFrame = random.nextInt(DAY_SECONDS / STEP_SECONDS / PICTURES_PER_IDR);
      int picture = keyFrame * PICTURES_PER_IDR;
      Instant at = Studio.BASE.plusSeconds((long) picture * STEP_SECONDS);
      long begin = System.nanoTime();
      ClipInfo clip = vault.timeline("main", at, at.plusMillis(1)).clips().get(0);
      try (ClipReader reader = vault.read(clip.id())) {
        reader.seek(at);
        RecordedUnit found = reader.next().orElseThrow();
        nanos.add(System.nanoTime() - begin);
        assertThat(found.unit().sequence()).isEqualTo(picture);
        assertThat(found.unit().idr()).isTrue();
      }
    }
    Collections.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "a day of %d key frames: seek median %.1f ms, 99 of 100 %.1f ms%n",
        DAY_SECONDS / STEP_SECONDS / PICTURES_PER_IDR,
        nanos.get(150) / 1e6,
        nanos.get(297) / 1e6);
  }

  /** 30 days of clips of ten minutes, a week of which is kept. */
  @Test
  void aMonth_oldestGo_indexAndMemoryStayBounded() throws Exception {
    Studio.Space space = new Studio.Space();
    MemorySlot slot = new MemorySlot();
    Vault vault = Studio.vault(directory, slot, new FailingStorage());
    Retention retention = new Retention(vault, space, new Retention.Limits(7, 0));
    List<Long> logs = new ArrayList<>();
    List<Long> heaps = new ArrayList<>();
    List<ClipId> newest = new ArrayList<>();
    int perDay = 144;
    for (int day = 0; day < 30; day++) {
      newest.clear();
      for (int clip = 0; clip < perDay; clip++) {
        newest.add(clip(vault, at(day, perDay, clip)));
        if (clip % 36 == 35) {
          retention.round(at(day, perDay, clip + 1));
        }
      }
      logs.add(Files.size(directory.resolve("index")) + Files.size(directory.resolve("keys")));
      heaps.add(heap());
    }
    assertThat(segments()).isBetween(7L * perDay - 1, 7L * perDay + 36);
    assertThat(logs.get(29)).isLessThan(logs.get(8) + logs.get(8) / 4);
    assertThat(heaps.get(29) - heaps.get(10)).as("growth of live heap").isLessThan(4 << 20);
    assertThat(vault.oldest(1).get(0).end()).isAfter(at(23, perDay, 0).minusSeconds(1));
    System.out.printf(
        Locale.ROOT,
        "30 days, %d clips recorded, %d kept: index and keys %d KiB after 9 days, %d KiB after 30%n",
        30 * perDay,
        segments(),
        logs.get(8) >> 10,
        logs.get(29) >> 10);
    vault.close();
    try (Vault again = Studio.vault(directory, slot, new FailingStorage())) {
      List<ClipId> last =
          again.preceding("main", at(30, perDay, 0), perDay).stream().map(ClipInfo::id).toList();
      assertThat(last).containsExactlyInAnyOrderElementsOf(newest);
    }
  }

  private static Instant at(int day, int perDay, int clip) {
    return Studio.BASE.plusSeconds((long) day * DAY_SECONDS + (long) clip * DAY_SECONDS / perDay);
  }

  private static ClipId clip(Vault vault, Instant start) throws IOException {
    ClipStart begun =
        new ClipStart("main", Trigger.CONTINUOUS, start, new MediaTime(0), FrameRate.of(10));
    try (ClipWriter writer = vault.startClip(begun)) {
      writer.append(Units.unit(0, 20));
      writer.append(Units.unit(1, 20));
      return writer.id();
    }
  }

  private long segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().length() == CLIP_NAME).count();
    }
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
