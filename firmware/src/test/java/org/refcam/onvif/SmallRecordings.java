// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.refcam.codec.AccessUnits;
import org.refcam.keys.KeySlot;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.storage.Storage;
import org.refcam.vault.ClipEvent;
import org.refcam.vault.ClipStart;
import org.refcam.vault.ClipWriter;
import org.refcam.vault.Trigger;
import org.refcam.vault.Vault;
import org.refcam.vault.VaultSettings;

/**
 * A real vault with two clips of main, 07:00:00 to :04 with movement at :01 to :02, and 07:10:00 to
 * :04; jobs and texts of plain values.
 */
final class SmallRecordings implements RecordingControl, AutoCloseable {
  static final Instant START = Instant.parse("2026-11-25T07:00:00Z");
  private static final String PARAMETER_SETS =
      "00000001" + "6742c0288c8d403c0113f2c03c2211a8" + "00000001" + "68ce3c80";

  final Vault vault;
  final Map<String, Job> jobs = new TreeMap<>();
  final Map<String, Texts> texts = new HashMap<>();
  int keepDays = 30;
  boolean broken;
  Duration timeout = Duration.ofSeconds(60);

  SmallRecordings(Path directory, KeySlot slot, SecureRandom random) throws IOException {
    vault = Vault.open(directory, slot, Storage.disk(), random, VaultSettings.of("RC1"));
    record(START, true);
    record(START.plus(Duration.ofMinutes(10)), false);
    jobs.put("main", new Job("main", true, 1, JobState.ACTIVE, true));
    jobs.put("sub", new Job("sub", false, 1, JobState.IDLE, false));
  }

  private void record(Instant at, boolean movement) throws IOException {
    MediaTime begin = new MediaTime(Duration.between(START, at).toNanos());
    ClipStart start = new ClipStart("main", Trigger.CONTINUOUS, at, begin, FrameRate.of(4));
    try (ClipWriter writer = vault.startClip(start)) {
      for (int i = 0; i < 16; i++) {
        boolean idr = i % 4 == 0;
        byte[] slice = new byte[200];
        Arrays.fill(slice, (byte) 0x55);
        byte[] before = HexFormat.of().parseHex((idr ? PARAMETER_SETS : "") + "00000001");
        ByteBuffer annexB = ByteBuffer.allocate(before.length + 1 + slice.length);
        annexB.put(before).put((byte) (idr ? 0x65 : 0x61)).put(slice);
        writer.append(AccessUnits.of(annexB.array(), begin.plus(Duration.ofMillis(250L * i)), i));
      }
      if (movement) {
        writer.event(new ClipEvent("motion", at.plusSeconds(1), at.plusSeconds(2), "gate"));
      }
      writer.finish();
    }
  }

  @Override
  public List<String> streams() {
    return List.of("main", "sub");
  }

  @Override
  public Optional<Vault> vault() {
    return broken ? Optional.empty() : Optional.of(vault);
  }

  @Override
  public Texts texts(String stream) {
    return texts.getOrDefault(stream, new Texts("", "Gate", "", "", "", stream, ""));
  }

  @Override
  public void texts(String stream, Texts changed) {
    texts.put(stream, changed);
  }

  @Override
  public int keepDays() {
    return keepDays;
  }

  @Override
  public void keepDays(int days) {
    keepDays = days;
  }

  @Override
  public List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  @Override
  public void job(String stream, boolean active, int priority) {
    jobs.put(
        stream,
        new Job(stream, active, priority, active ? JobState.ACTIVE : JobState.IDLE, active));
  }

  @Override
  public void removeJob(String stream) {
    jobs.remove(stream);
  }

  @Override
  public Duration replayTimeout() {
    return timeout;
  }

  @Override
  public void replayTimeout(Duration changed) {
    timeout = changed;
  }

  @Override
  public void close() {
    vault.close();
  }
}
