// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.refcam.vault.VaultFixture.pictures;
import static org.refcam.vault.VaultFixture.range;
import static org.refcam.vault.VaultFixture.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.storage.Storage;

class VaultTest {
  @TempDir Path directory;
  private final MemorySlot slot = new MemorySlot();
  private final Footage footage = Footage.small();

  private Vault open() throws IOException {
    return VaultFixture.open(directory, slot);
  }

  @Test
  void clip_isReadBack_alsoAfterReopening() throws Exception {
    ClipId clip;
    try (Vault vault = open()) {
      clip = record(vault, footage, "main", 0, 30);
      assertThat(pictures(vault, clip, footage)).isEqualTo(range(0, 30));
    }
    try (Vault vault = open()) {
      assertThat(pictures(vault, clip, footage)).isEqualTo(range(0, 30));
      ClipInfo info = vault.find(clip).orElseThrow();
      assertThat(info.state()).isEqualTo(ClipState.FINISHED);
      assertThat(info.start()).isEqualTo(footage.wallTime(0));
      assertThat(info.end()).isEqualTo(footage.wallTime(30));
      assertThat(info.pictures()).isEqualTo(30);
      assertThat(info.bytes()).isEqualTo(Files.size(directory.resolve(clip.toString())));
      assertThat(vault.totalBytes()).isEqualTo(info.bytes());
      assertThat(vault.streams()).containsExactly("main");
      assertThat(vault.verify()).isEmpty();
    }
  }

  @Test
  void largePictures_spanChunks() throws Exception {
    Footage large = new Footage(2, 2, 300_000, 70_000);
    try (Vault vault = open()) {
      ClipId clip = record(vault, large, "main", 0, 6);
      assertThat(pictures(vault, clip, large)).isEqualTo(range(0, 6));
      assertThat(vault.verify()).isEmpty();
    }
  }

  @Test
  void eitherCipher_readsBack_theOthersSegmentsToo() throws Exception {
    List<ClipId> clips = new ArrayList<>();
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      VaultSettings settings = new VaultSettings("RC-TEST-1", algorithm, Duration.ofMillis(500));
      try (Vault vault =
          Vault.open(directory, slot, Storage.disk(), new SecureRandom(), settings)) {
        clips.add(record(vault, footage, "main", 0, 30));
        for (ClipId clip : clips) {
          assertThat(pictures(vault, clip, footage)).isEqualTo(range(0, 30));
          try (ClipReader reader = vault.read(clip)) {
            for (int again = 0; again < 3; again++) {
              reader.seek(footage.wallTime(9));
              assertThat(reader.next().orElseThrow().unit().sequence()).isEqualTo(8);
            }
          }
        }
        assertThat(vault.verify()).isEmpty();
      }
    }
  }

  @Test
  void seek_goesToKeyFrameAtOrBefore() throws Exception {
    try (Vault vault = open()) {
      ClipId clip = record(vault, footage, "main", 0, 40);
      try (ClipReader reader = vault.read(clip)) {
        assertThat(reader.keyFrames()).hasSize(10).contains(footage.wallTime(8));
        reader.seek(footage.wallTime(11));
        assertThat(pictures(reader, footage)).isEqualTo(range(8, 40));
        reader.seek(footage.wallTime(12));
        assertThat(reader.next().orElseThrow().unit().sequence()).isEqualTo(12);
        reader.seek(Instant.EPOCH);
        assertThat(reader.next().orElseThrow().unit().sequence()).isZero();
        reader.seek(footage.wallTime(1_000_000));
        assertThat(reader.next().orElseThrow().unit().sequence()).isEqualTo(36);
      }
    }
  }

  @Test
  void clipBeingRecorded_isReadAsFarAsDurable() throws Exception {
    try (Vault vault = open();
        ClipWriter writer = vault.startClip(footage.clipStart("main", 0))) {
      assertThatThrownBy(() -> vault.read(writer.id())).isInstanceOf(ClipGoneException.class);
      footage.record(writer, 0, 10);
      assertThat(vault.find(writer.id()).orElseThrow().state()).isEqualTo(ClipState.RECORDING);
      assertThat(pictures(vault, writer.id(), footage)).isEqualTo(range(0, 8));
      assertThat(vault.verify()).isEmpty();
      writer.flush();
      assertThat(pictures(vault, writer.id(), footage)).isEqualTo(range(0, 10));
      footage.record(writer, 10, 12);
      writer.finish();
      assertThat(pictures(vault, writer.id(), footage)).isEqualTo(range(0, 12));
    }
  }

  @Test
  void timeline_listsClipsGapsEvents() throws Exception {
    try (Vault vault = open()) {
      final ClipId first = record(vault, footage, "main", 0, 20);
      ClipId second;
      ClipEvent event =
          new ClipEvent("motion", footage.wallTime(42), footage.wallTime(45), "cửa trước");
      try (ClipWriter writer = vault.startClip(footage.clipStart("main", 40))) {
        footage.record(writer, 40, 48);
        assertThat(writer.event(event)).isTrue();
        second = writer.finish().orElseThrow().id();
      }
      record(vault, footage, "sub", 0, 100);
      Timeline timeline = vault.timeline("main", footage.wallTime(0), footage.wallTime(80));
      assertThat(timeline.clips()).extracting(ClipInfo::id).containsExactly(first, second);
      assertThat(timeline.gaps())
          .containsExactly(
              new Timeline.Gap(footage.wallTime(20), footage.wallTime(40)),
              new Timeline.Gap(footage.wallTime(48), footage.wallTime(80)));
      assertThat(timeline.events()).containsExactly(new Timeline.Event(second, event));
      assertThat(vault.timeline("main", footage.wallTime(25), footage.wallTime(30)).clips())
          .isEmpty();
    }
    try (Vault vault = open()) {
      assertThat(vault.timeline("main", footage.wallTime(0), footage.wallTime(80)).events())
          .hasSize(1);
    }
  }

  @Test
  void thumbnail_lastOneCounts() throws Exception {
    byte[] jpeg = new byte[ClipWriter.LARGEST_THUMBNAIL];
    jpeg[0] = (byte) 0xFF;
    try (Vault vault = open();
        ClipWriter writer = vault.startClip(footage.clipStart("main", 0))) {
      writer.thumbnail(new byte[] {1});
      footage.record(writer, 0, 8);
      assertThat(vault.thumbnail(writer.id())).hasValue(new byte[] {1});
      writer.thumbnail(jpeg);
      writer.finish();
      assertThat(vault.thumbnail(writer.id())).hasValue(jpeg);
      assertThat(vault.find(writer.id()).orElseThrow().thumbnail()).isTrue();
      assertThat(vault.verify()).isEmpty();
      assertThat(vault.thumbnail(record(vault, footage, "main", 8, 12))).isEmpty();
    }
  }

  @Test
  void erase_neighboursPlay_openReaderStops() throws Exception {
    ClipId kept;
    ClipId erased;
    try (Vault vault = open()) {
      kept = record(vault, footage, "main", 0, 20);
      erased = record(vault, footage, "main", 20, 40);
      try (ClipReader reader = vault.read(erased)) {
        reader.next();
        vault.erase(List.of(erased));
        assertThatThrownBy(reader::next).isInstanceOf(ClipGoneException.class);
      }
      assertThat(vault.find(erased)).isEmpty();
      assertThatThrownBy(() -> vault.read(erased)).isInstanceOf(ClipGoneException.class);
      assertThat(directory.resolve(erased.toString())).doesNotExist();
      assertThat(pictures(vault, kept, footage)).isEqualTo(range(0, 20));
    }
    try (Vault vault = open()) {
      assertThat(vault.find(erased)).isEmpty();
      assertThat(pictures(vault, kept, footage)).isEqualTo(range(0, 20));
      ClipId more = record(vault, footage, "main", 40, 60);
      assertThat(pictures(vault, more, footage)).isEqualTo(range(40, 60));
    }
  }

  @Test
  void eraseRange_sparesHeldClips_endsTheOneBeingRecorded() throws Exception {
    try (Vault vault = open()) {
      ClipId held = record(vault, footage, "main", 0, 20);
      ClipId free = record(vault, footage, "main", 20, 40);
      final ClipId other = record(vault, footage, "sub", 0, 40);
      vault.hold(held, true);
      assertThat(vault.oldest(10)).extracting(ClipInfo::id).doesNotContain(held);
      ClipWriter writer = vault.startClip(footage.clipStart("main", 40));
      footage.record(writer, 40, 48);
      assertThat(vault.eraseRange(Optional.of("main"), footage.wallTime(0), footage.wallTime(100)))
          .containsExactly(free, writer.id());
      assertThatThrownBy(() -> footage.record(writer, 48, 56))
          .isInstanceOf(ClipGoneException.class);
      writer.close();
      assertThat(pictures(vault, held, footage)).isEqualTo(range(0, 20));
      assertThat(pictures(vault, other, footage)).isEqualTo(range(0, 40));
      assertThat(vault.eraseRange(Optional.empty(), footage.wallTime(0), footage.wallTime(100)))
          .containsExactly(other);
      assertThat(Ledger.segments(directory)).containsOnlyKeys(held.toString());
    }
  }

  @Test
  void hold_survivesReopening_andALostIndex() throws Exception {
    ClipId clip;
    try (Vault vault = open()) {
      clip = record(vault, footage, "main", 0, 20);
      vault.hold(clip, true);
    }
    Files.delete(directory.resolve("index"));
    try (Vault vault = open()) {
      assertThat(vault.find(clip).orElseThrow().held()).isTrue();
      vault.hold(clip, false);
      assertThat(vault.find(clip).orElseThrow().held()).isFalse();
    }
    try (Vault vault = open()) {
      assertThat(vault.find(clip).orElseThrow().held()).isFalse();
    }
  }

  @Test
  void index_lostOrChanged_isMadeAgain() throws Exception {
    ClipId clip;
    ClipEvent event = new ClipEvent("motion", footage.wallTime(1), footage.wallTime(2), "");
    try (Vault vault = open();
        ClipWriter writer = vault.startClip(footage.clipStart("main", 0))) {
      clip = writer.id();
      footage.record(writer, 0, 20);
      writer.event(event);
      writer.thumbnail(new byte[] {7});
    }
    ClipInfo before;
    try (Vault vault = open()) {
      before = vault.find(clip).orElseThrow();
    }
    byte[] genuine = Files.readAllBytes(directory.resolve("index"));
    for (int flip = 0; flip < genuine.length; flip += 97) {
      byte[] changed = genuine.clone();
      changed[flip] ^= 4;
      Files.write(directory.resolve("index"), changed);
      try (Vault vault = open()) {
        assertThat(vault.find(clip)).hasValue(before);
        assertThat(vault.timeline("main", Instant.EPOCH, footage.wallTime(99)).events())
            .containsExactly(new Timeline.Event(clip, event));
      }
    }
  }

  @Test
  void clipWithoutPicture_leavesNothing() throws Exception {
    try (Vault vault = open()) {
      try (ClipWriter writer = vault.startClip(footage.clipStart("main", 0))) {
        assertThat(writer.finish()).isEmpty();
      }
      assertThat(Ledger.segments(directory)).isEmpty();
    }
  }

  @Test
  void writer_refusesWhatCannotBeAClip() throws Exception {
    try (Vault vault = open();
        ClipWriter writer = vault.startClip(footage.clipStart("main", 0))) {
      assertThatThrownBy(() -> writer.append(footage.picture(1)))
          .isInstanceOf(IllegalArgumentException.class);
      footage.record(writer, 4, 6);
      assertThatThrownBy(() -> writer.append(footage.picture(0)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(writer.full()).isFalse();
      writer.append(footage.picture(4 + 4 * 600));
      assertThat(writer.full()).isTrue();
      assertThatThrownBy(() -> writer.append(footage.picture(4 + 4 * 901)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void slotDestroyed_refusedUntilTheRemainsAreRemoved() throws Exception {
    try (Vault vault = open()) {
      record(vault, footage, "main", 0, 20);
    }
    Files.writeString(directory.resolve("note.txt"), "not the vault's");
    slot.destroy();
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            CorruptVaultException.class,
            e -> assertThat(e.reason()).isEqualTo(CorruptVaultException.Reason.KEY_MISSING));
    Vault.removeRemains(directory, Storage.disk());
    Vault.removeRemains(directory, Storage.disk());
    assertThat(directory).isDirectoryContaining("glob:**/note.txt");
    try (Vault vault = open()) {
      assertThat(vault.streams()).isEmpty();
      record(vault, footage, "main", 0, 20);
    }
  }

  @Test
  void tableMissingOrForeign_isRefusedAndLeft() throws Exception {
    try (Vault vault = open()) {
      record(vault, footage, "main", 0, 20);
    }
    Path keys = directory.resolve("keys");
    byte[] genuine = Files.readAllBytes(keys);
    Files.delete(keys);
    assertRefused(CorruptVaultException.Reason.TABLE_MISSING);
    genuine[60] ^= 1;
    Files.write(keys, genuine);
    assertRefused(CorruptVaultException.Reason.TABLE_NOT_AUTHENTIC);
    assertThat(keys).hasBinaryContent(genuine);
    assertThat(Ledger.segments(directory)).hasSize(1);
  }

  private void assertRefused(CorruptVaultException.Reason reason) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            CorruptVaultException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
