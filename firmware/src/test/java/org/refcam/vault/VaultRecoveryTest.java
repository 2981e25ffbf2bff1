// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.vault.CorruptSegmentException.Reason;

/** What is found at a start: unended, damaged, missing and surplus files. */
class VaultRecoveryTest {
  private static final Footage FOOTAGE = Footage.small();

  @TempDir Path directory;
  private final MemorySlot slot = new MemorySlot();

  private Vault open() throws IOException {
    return VaultFixture.open(directory, slot);
  }

  private Path file(ClipId clip) {
    return directory.resolve(clip.toString());
  }

  /** A clip whose process was killed after picture {@code to - 1}. */
  private ClipId unended(int to) throws IOException {
    ClipWriter writer = open().startClip(FOOTAGE.clipStart("main", 0));
    FOOTAGE.record(writer, 0, to);
    return writer.id();
  }

  @Test
  void unendedClip_isEnded_withItsEventsAndSeekTable() throws Exception {
    ClipId clip = unended(19);
    try (Vault vault = open()) {
      ClipInfo info = vault.find(clip).orElseThrow();
      assertThat(info.state()).isEqualTo(ClipState.RECOVERED);
      assertThat(info.pictures()).isEqualTo(16);
      try (ClipReader reader = vault.read(clip)) {
        assertThat(reader.device()).isEqualTo("RC-TEST-1");
        assertThat(reader.keyFrames()).hasSize(4);
        reader.seek(FOOTAGE.wallTime(13));
        assertThat(VaultFixture.pictures(reader, FOOTAGE)).isEqualTo(VaultFixture.range(12, 16));
      }
    }
  }

  @Test
  void unendedClip_truncatedAtEveryLength_keepsWholeFragments() throws Exception {
    ClipId clip = unended(12);
    byte[] whole = Files.readAllBytes(file(clip));
    byte[] keys = Files.readAllBytes(directory.resolve("keys"));
    for (int length = 0; length <= whole.length; length += 3) {
      Files.write(file(clip), Arrays.copyOf(whole, length));
      Files.write(directory.resolve("keys"), keys);
      try (Vault vault = open()) {
        List<Integer> there =
            vault.find(clip).isPresent() ? VaultFixture.pictures(vault, clip, FOOTAGE) : List.of();
        assertThat(there.size() % 4).isZero();
        assertThat(there).isEqualTo(VaultFixture.range(0, there.size()));
        assertThat(vault.verify()).isEmpty();
      }
    }
  }

  @Test
  void endedClip_missingOrCut_isListedAsDamaged_andCanBeErased() throws Exception {
    ClipId gone;
    ClipId cut;
    try (Vault vault = open()) {
      gone = VaultFixture.record(vault, FOOTAGE, "main", 0, 8);
      cut = VaultFixture.record(vault, FOOTAGE, "main", 8, 20);
    }
    Files.delete(file(gone));
    byte[] bytes = Files.readAllBytes(file(cut));
    Files.write(file(cut), Arrays.copyOf(bytes, bytes.length / 2));
    try (Vault vault = open()) {
      assertThat(vault.find(gone).orElseThrow().state()).isEqualTo(ClipState.DAMAGED);
      assertThat(vault.find(cut).orElseThrow().state()).isEqualTo(ClipState.DAMAGED);
      assertThat(vault.verify())
          .extracting(Finding::reason)
          .containsExactlyInAnyOrder(Reason.MISSING, Reason.TRUNCATED);
      assertThat(Files.size(file(cut))).isEqualTo(bytes.length / 2);
      vault.erase(List.of(gone, cut));
      assertThat(vault.verify()).isEmpty();
    }
    assertThat(Ledger.segments(directory)).isEmpty();
  }

  @Test
  void fileWithoutKey_isRemoved_otherFilesStay() throws Exception {
    try (Vault vault = open()) {
      VaultFixture.record(vault, FOOTAGE, "main", 0, 8);
    }
    Path orphan = directory.resolve("0123456789abcdef0123456789abcdef");
    Files.write(orphan, new byte[100]);
    Path note = Files.writeString(directory.resolve("lost+found"), "x");
    open().close();
    assertThat(orphan).doesNotExist();
    assertThat(note).exists();
    assertThat(Ledger.segments(directory)).hasSize(1);
  }

  @Test
  void unendedClip_damagedFarFromItsEnd_isNotCutOff() throws Exception {
    Footage large = new Footage(1, 1, 3_000_000, 0);
    ClipWriter writer = open().startClip(large.clipStart("main", 0));
    large.record(writer, 0, 6);
    byte[] bytes = Files.readAllBytes(file(writer.id()));
    bytes[3_500_000] ^= 1;
    Files.write(file(writer.id()), bytes);
    try (Vault vault = open()) {
      assertThat(vault.find(writer.id()).orElseThrow().state()).isEqualTo(ClipState.DAMAGED);
      assertThat(file(writer.id())).hasBinaryContent(bytes);
      assertThatThrownBy(() -> vault.read(writer.id())).isInstanceOf(CorruptSegmentException.class);
      assertThat(vault.verify()).extracting(Finding::reason).containsExactly(Reason.NOT_AUTHENTIC);
      vault.erase(List.of(writer.id()));
    }
  }
}
