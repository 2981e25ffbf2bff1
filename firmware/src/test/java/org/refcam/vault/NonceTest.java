// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FailingStorage;
import org.refcam.storage.Storage;

/** Each leg of the argument that no nonce seals twice. */
class NonceTest {
  private static final Footage FOOTAGE = Footage.small();

  @TempDir Path directory;
  private final SecureRandom random = new SecureRandom();

  @Test
  @DisplayName("INV-VAULT-1 each sequence number and domain has its own key stream and mask")
  void chunks_sameBytes_neverTheSameStream() {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      ChunkCipher cipher = new ChunkCipher(algorithm, SecretBytes.random(32, random));
      Set<String> seen = new HashSet<>();
      byte[] out = new byte[64];
      for (int domain : new int[] {ChunkCipher.WRITER, ChunkCipher.RECOVERY}) {
        for (long sequence : new long[] {0, 1, 255, 256, 257, 65_536, SegmentFormat.MOST_CHUNKS}) {
          int length = cipher.seal(domain, sequence, 1, new byte[32], 0, 32, out, 0);
          assertThat(length).isEqualTo(32 + ChunkCipher.OVERHEAD_BYTES);
          assertThat(seen.add(HexFormat.of().formatHex(out, 0, 4))).isTrue();
          assertThat(seen.add(HexFormat.of().formatHex(out, 4, 36))).isTrue();
        }
      }
    }
  }

  @Test
  @DisplayName("INV-VAULT-1 a writer whose disk failed seals nothing more")
  void writerWhoseDiskFailed_isDead() throws Exception {
    FailingStorage storage = new FailingStorage();
    ClipId clip = ClipId.random(random);
    ClipHead head = new ClipHead("d", FOOTAGE.clipStart("main", 0));
    try (SecretBytes key = SecretBytes.random(32, random);
        SegmentWriter writer =
            SegmentWriter.create(
                storage,
                directory.resolve(clip.toString()),
                clip,
                key,
                AeadAlgorithm.CHACHA20_POLY1305,
                head)) {
      Fragment fragment = new Fragment();
      fragment.add(FOOTAGE.picture(0));
      storage.failAfter(0, 1);
      assertThatThrownBy(() -> flush(writer, fragment)).isInstanceOf(IOException.class);
      long size = writer.size();
      assertThatThrownBy(() -> flush(writer, fragment)).isInstanceOf(IllegalStateException.class);
      assertThat(writer.size()).isEqualTo(size);
    }
  }

  private static void flush(SegmentWriter writer, Fragment fragment) throws IOException {
    writer.flush(List.of(), Optional.empty(), fragment);
  }

  @Test
  @DisplayName("INV-VAULT-1 recovery seals the same bytes each time")
  void recoveredEnding_isAlwaysTheSame() throws Exception {
    Path vaultDirectory = directory.resolve("vault");
    MemorySlot slot = new MemorySlot();
    Vault vault = VaultFixture.open(vaultDirectory, slot);
    ClipWriter writer = vault.startClip(FOOTAGE.clipStart("main", 0));
    FOOTAGE.record(writer, 0, 9);
    Path file = vaultDirectory.resolve(writer.id().toString());
    byte[] unended = Files.readAllBytes(file);
    byte[] first = recover(vaultDirectory, slot, file, unended);
    byte[] torn = Arrays.copyOf(first, first.length - 5);
    assertThat(recover(vaultDirectory, slot, file, torn)).isEqualTo(first);
    assertThat(recover(vaultDirectory, slot, file, Arrays.copyOf(unended, unended.length + 50)))
        .isEqualTo(first);
  }

  private static byte[] recover(Path directory, MemorySlot slot, Path file, byte[] bytes)
      throws IOException {
    Files.write(file, bytes);
    try (Vault vault = VaultFixture.open(directory, slot)) {
      assertThat(vault.verify()).isEmpty();
    }
    return Files.readAllBytes(file);
  }

  @Test
  @DisplayName("INV-VAULT-1 a log that is opened again is written under a new salt")
  void log_openedAgain_hasANewSalt() throws Exception {
    MemorySlot slot = new MemorySlot();
    Set<String> salts = new HashSet<>();
    for (int session = 0; session < 4; session++) {
      try (Vault vault = VaultFixture.open(directory, slot, Storage.disk())) {
        VaultFixture.record(vault, FOOTAGE, "main", 4 * session, 4 * session + 4);
      }
      for (String name : List.of("keys", "index")) {
        byte[] bytes = Files.readAllBytes(directory.resolve(name));
        assertThat(salts.add(HexFormat.of().formatHex(bytes, 8, SealedLog.HEADER_BYTES))).isTrue();
      }
    }
  }
}
