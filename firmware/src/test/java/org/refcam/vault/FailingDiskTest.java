// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.FailingStorage;
import org.refcam.storage.Storage;

/** The disk fails at every step in turn, once, for a while, and for good until it is mended. */
class FailingDiskTest {
  private static final Footage FOOTAGE = Footage.small();
  private static final int PICTURES = 40;

  @TempDir Path scratch;

  /** Records as a recorder does: after a failure the next IDR begins another clip. */
  private static final class Recorder {
    private final Vault vault;
    final Map<ClipId, int[]> durable = new HashMap<>();
    private Optional<ClipWriter> writer = Optional.empty();
    private int first;
    int failures;

    Recorder(Vault vault) {
      this.vault = vault;
    }

    void picture(int number) {
      try {
        if (writer.isPresent() && FOOTAGE.idr(number) && number - first >= 12) {
          ClipWriter full = writer.get();
          writer = Optional.empty();
          full.finish();
          vault.hold(full.id(), true);
        }
        if (writer.isEmpty() && FOOTAGE.idr(number)) {
          writer = Optional.of(vault.startClip(FOOTAGE.clipStart("main", number)));
          first = number;
        }
        if (writer.isPresent()) {
          writer.get().append(FOOTAGE.picture(number));
          note();
        }
      } catch (IOException e) {
        failures++;
        note();
        writer.ifPresent(ClipWriter::close);
        writer = Optional.empty();
      }
    }

    private void note() {
      writer
          .flatMap(w -> vault.find(w.id()))
          .ifPresent(clip -> durable.put(clip.id(), new int[] {first, first + clip.pictures()}));
    }
  }

  @Test
  void everyStepFails_recordingResumes_nothingDurableIsLost() throws Exception {
    int tried = 0;
    for (int failing : new int[] {1, 2, 5, 1000}) {
      boolean reached = true;
      for (int step = 0; reached; step += failing == 1 ? 1 : 3) {
        reached = run(step, failing, scratch.resolve(failing + "-" + step));
        tried++;
      }
    }
    System.out.println("vault, failing disk: " + tried + " runs");
    assertThat(tried).isGreaterThan(50);
  }

  private static boolean run(int step, int failing, Path directory) throws IOException {
    MemorySlot slot = new MemorySlot();
    FailingStorage storage = new FailingStorage();
    Vault vault = VaultFixture.open(directory, slot, storage);
    storage.failAfter(step, failing);
    Recorder recorder = new Recorder(vault);
    for (int i = 0; i < PICTURES; i++) {
      recorder.picture(i);
    }
    boolean reached = recorder.failures > 0;
    storage.failAfter(0, 0);
    vault.repair();
    for (int i = PICTURES; i < PICTURES + 8; i++) {
      recorder.picture(i);
    }
    assertThat(recorder.durable.values()).anyMatch(range -> range[1] == PICTURES + 8);
    recorder.writer.orElseThrow().finish();
    check(vault, recorder);
    vault.close();
    try (Vault again = VaultFixture.open(directory, slot)) {
      check(again, recorder);
      assertThat(Ledger.segments(directory).keySet())
          .isEqualTo(
              new TreeSet<>(
                  again.timeline("main", FOOTAGE.wallTime(0), FOOTAGE.wallTime(99)).clips().stream()
                      .map(clip -> clip.id().toString())
                      .toList()));
    }
    return reached;
  }

  private static void check(Vault vault, Recorder recorder) throws IOException {
    assertThat(vault.verify()).isEmpty();
    for (Map.Entry<ClipId, int[]> entry : recorder.durable.entrySet()) {
      List<Integer> there = VaultFixture.pictures(vault, entry.getKey(), FOOTAGE);
      assertThat(there).containsAll(VaultFixture.range(entry.getValue()[0], entry.getValue()[1]));
    }
  }

  @Test
  void eraseFails_nothingIsErased_orAllIs() throws Exception {
    for (int step = 0; step < 16; step++) {
      Path directory = scratch.resolve("erase" + step);
      MemorySlot slot = new MemorySlot();
      FailingStorage storage = new FailingStorage();
      try (Vault vault = VaultFixture.open(directory, slot, storage)) {
        ClipId doomed = VaultFixture.record(vault, FOOTAGE, "main", 0, 8);
        final ClipId kept = VaultFixture.record(vault, FOOTAGE, "main", 8, 16);
        storage.failAfter(step, 1000);
        boolean erased = true;
        try {
          vault.erase(List.of(doomed));
        } catch (IOException e) {
          erased = false;
        }
        assertThat(vault.find(doomed).isEmpty()).isEqualTo(erased);
        storage.failAfter(0, 0);
        vault.erase(List.of(doomed));
        assertThat(vault.find(doomed)).isEmpty();
        vault.repair();
        assertThat(Ledger.segments(directory)).containsOnlyKeys(kept.toString());
        assertThat(VaultFixture.pictures(vault, kept, FOOTAGE))
            .isEqualTo(VaultFixture.range(8, 16));
      }
    }
  }

  @Test
  void readOnlyDisk_opensAndPlays_afterACrashToo() throws Exception {
    MemorySlot slot = new MemorySlot();
    Path directory = scratch.resolve("vault");
    Vault vault = VaultFixture.open(directory, slot);
    final ClipId whole = VaultFixture.record(vault, FOOTAGE, "main", 0, 8);
    ClipWriter writer = vault.startClip(FOOTAGE.clipStart("main", 8));
    FOOTAGE.record(writer, 8, 18);
    FailingStorage stuck = new FailingStorage();
    stuck.failAfter(1, 1_000_000); // makeDirectory finds it there
    try (Vault again = VaultFixture.open(directory, slot, stuck)) {
      assertThat(VaultFixture.pictures(again, whole, FOOTAGE)).isEqualTo(VaultFixture.range(0, 8));
      assertThat(VaultFixture.pictures(again, writer.id(), FOOTAGE))
          .isEqualTo(VaultFixture.range(8, 16));
      stuck.failAfter(0, 0);
      again.repair();
      assertThat(again.find(writer.id()).orElseThrow().state()).isEqualTo(ClipState.RECOVERED);
      assertThat(again.verify()).isEmpty();
    }
    try (Vault last = VaultFixture.open(directory, slot, Storage.disk())) {
      assertThat(VaultFixture.pictures(last, writer.id(), FOOTAGE))
          .isEqualTo(VaultFixture.range(8, 16));
    }
  }
}
