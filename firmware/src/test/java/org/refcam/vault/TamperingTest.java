// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.vault.CorruptSegmentException.Reason;

/** Someone who can write the medium and has no key. */
class TamperingTest {
  private static final Footage FOOTAGE = Footage.small();
  private static final int PICTURES = 14;

  @TempDir Path directory;
  private Vault vault;
  private ClipId clip;
  private Path file;
  private byte[] genuine;

  @BeforeEach
  void recordOne() throws IOException {
    vault = VaultFixture.open(directory, new MemorySlot());
    clip = record(0);
    file = directory.resolve(clip.toString());
    genuine = Files.readAllBytes(file);
  }

  private ClipId record(int from) throws IOException {
    try (ClipWriter writer = vault.startClip(FOOTAGE.clipStart("main", from))) {
      writer.thumbnail(new byte[] {9});
      FOOTAGE.record(writer, from, from + PICTURES);
      writer.event(new ClipEvent("motion", FOOTAGE.wallTime(1), FOOTAGE.wallTime(2), "door"));
    }
    return vault.oldest(10).get(vault.oldest(10).size() - 1).id();
  }

  @AfterEach
  void close() {
    vault.close();
  }

  /** Reads everything; what comes out before the refusal is genuine, and the checker agrees. */
  private Reason refused(String what) throws IOException {
    Reason reason;
    try (ClipReader reader = vault.read(clip)) {
      int number = 0;
      while (true) {
        Optional<RecordedUnit> next = reader.next();
        if (next.isEmpty()) {
          break;
        }
        assertThat(next.get().unit().annexB()).isEqualTo(FOOTAGE.picture(number++).annexB());
      }
      // a thumbnail or an event was changed, which playing does not read
      reason = vault.verify(clip).get(0).reason();
    } catch (CorruptSegmentException e) {
      reason = e.reason();
      assertThat(e.clip()).isEqualTo(clip);
    }
    assertThat(vault.verify(clip)).as(what).isNotEmpty();
    return reason;
  }

  private void assertRefused(byte[] bytes, Reason... reasons) throws IOException {
    Files.write(file, bytes);
    assertThat(refused("refused")).isIn((Object[]) reasons);
    Files.write(file, genuine);
    assertThat(vault.verify(clip)).isEmpty();
  }

  @Test
  @DisplayName(
      "INV-VAULT-5 every bit flipped is refused, and nothing unauthenticated is handed out")
  void everyByteFlipped_isRefused() throws Exception {
    for (int i = 0; i < genuine.length; i++) {
      byte[] changed = genuine.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      Files.write(file, changed);
      Reason reason = refused("byte " + i);
      assertThat(reason)
          .as("byte " + i)
          .isEqualTo(
              i < SegmentFormat.HEADER_BYTES ? Reason.NOT_A_SEGMENT : reasonInside(i, reason));
    }
  }

  /** The length of chunk 0 cannot be told from a file that ends early. */
  private static Reason reasonInside(int i, Reason found) {
    boolean headerOfChunk0 = i < SegmentFormat.HEADER_BYTES + ChunkCipher.HEADER_BYTES;
    return headerOfChunk0 && found == Reason.TRUNCATED ? Reason.TRUNCATED : Reason.NOT_AUTHENTIC;
  }

  @Test
  @DisplayName("INV-VAULT-5 cut short at every length, and lengthened, is refused")
  void truncatedOrLengthened_isRefused() throws Exception {
    for (int length = 0; length < genuine.length; length++) {
      Files.write(file, Arrays.copyOf(genuine, length));
      assertThat(refused("length " + length)).isEqualTo(Reason.TRUNCATED);
    }
    assertRefused(Arrays.copyOf(genuine, genuine.length + 1), Reason.TRAILING_BYTES);
    Files.delete(file);
    assertThat(refused("deleted")).isEqualTo(Reason.MISSING);
  }

  @Test
  @DisplayName("INV-VAULT-5 another clip's file, or parts of it in the same place, are refused")
  void swapped_isRefused() throws Exception {
    ClipId other = record(4 * PICTURES);
    byte[] foreign = Files.readAllBytes(directory.resolve(other.toString()));
    assertThat(foreign).hasSameSizeAs(genuine);
    assertRefused(foreign, Reason.NOT_A_SEGMENT);
    byte[] disguised = foreign.clone();
    System.arraycopy(genuine, 0, disguised, 0, SegmentFormat.HEADER_BYTES);
    assertRefused(disguised, Reason.NOT_AUTHENTIC, Reason.TRUNCATED);
    List<Integer> chunks = chunks();
    for (int i = 0; i + 1 < chunks.size(); i++) {
      byte[] mixed = genuine.clone();
      System.arraycopy(
          foreign, chunks.get(i), mixed, chunks.get(i), chunks.get(i + 1) - chunks.get(i));
      assertRefused(mixed, Reason.NOT_AUTHENTIC, Reason.TRUNCATED);
    }
  }

  @Test
  @DisplayName("INV-VAULT-5 chunks in another order, repeated or left out are refused")
  void reordered_isRefused() throws Exception {
    List<Integer> chunks = chunks();
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<byte[]> parts = new ArrayList<>();
      for (int i = 0; i + 1 < chunks.size(); i++) {
        parts.add(Arrays.copyOfRange(genuine, chunks.get(i), chunks.get(i + 1)));
      }
      int from = random.nextInt(parts.size());
      int to = random.nextInt(parts.size());
      switch (round % 3) {
        case 0 -> Collections.swap(parts, from, to);
        case 1 -> parts.set(from, parts.get(to));
        default -> parts.remove(from);
      }
      byte[] mixed = join(parts, chunks.get(chunks.size() - 1));
      if (!Arrays.equals(mixed, genuine)) {
        assertRefused(mixed, Reason.NOT_AUTHENTIC, Reason.TRUNCATED, Reason.TRAILING_BYTES);
      }
    }
  }

  private byte[] join(List<byte[]> parts, int trailer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(genuine, 0, SegmentFormat.HEADER_BYTES);
    parts.forEach(out::writeBytes);
    out.write(genuine, trailer, genuine.length - trailer);
    return out.toByteArray();
  }

  /** Where each chunk begins, and the trailer; known from what was recorded. */
  private List<Integer> chunks() {
    List<Integer> offsets = new ArrayList<>();
    int head = new ClipHead("RC-TEST-1", FOOTAGE.clipStart("main", 0)).encode().length;
    int second = 4 * SegmentFormat.ACCESS_UNIT_HEADER + 60 + 3 * 30;
    int event =
        SegmentSummary.encode(
                new ClipEvent("motion", FOOTAGE.wallTime(1), FOOTAGE.wallTime(2), "door"))
            .length;
    int rest = 2 * SegmentFormat.ACCESS_UNIT_HEADER + 60 + 30;
    int at = SegmentFormat.HEADER_BYTES;
    for (int length : new int[] {head, 1, second, second, second, event, rest}) {
      offsets.add(at);
      at += length + ChunkCipher.OVERHEAD_BYTES;
    }
    offsets.add(at);
    offsets.add(genuine.length - SegmentFormat.TRAILER_BYTES);
    return offsets;
  }

  @Test
  void failedReader_failsAlike() throws Exception {
    byte[] changed = genuine.clone();
    changed[chunks().get(3) + 30] ^= 1;
    Files.write(file, changed);
    try (ClipReader reader = vault.read(clip)) {
      for (int i = 0; i < 4; i++) {
        assertThat(reader.next()).isPresent();
      }
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(reader::next)
            .isInstanceOfSatisfying(
                CorruptSegmentException.class,
                e -> {
                  assertThat(e.reason()).isEqualTo(Reason.NOT_AUTHENTIC);
                  assertThat(e.offset()).isEqualTo(chunks().get(3).longValue());
                });
      }
    }
  }

  @Test
  void keyTable_everyByteFlipped_isRefused_butForTheLastRecord() throws Exception {
    MemorySlot slot = new MemorySlot();
    Path other = directory.resolve("other");
    try (Vault small = VaultFixture.open(other, slot)) {
      VaultFixture.record(small, FOOTAGE, "main", 0, 8);
    }
    Path keys = other.resolve("keys");
    byte[] table = Files.readAllBytes(keys);
    int lastRecord = table.length - KeyTable.RECORD_BYTES - ChunkCipher.OVERHEAD_BYTES;
    for (int i = 0; i < lastRecord; i++) {
      byte[] changed = table.clone();
      changed[i] ^= 0x10;
      Files.write(keys, changed);
      assertThatThrownBy(() -> VaultFixture.open(other, slot))
          .isInstanceOfSatisfying(
              CorruptVaultException.class,
              e ->
                  assertThat(e.reason())
                      .isEqualTo(CorruptVaultException.Reason.TABLE_NOT_AUTHENTIC));
    }
    byte[] changed = table.clone();
    changed[lastRecord + 9] ^= 1; // the note that the clip ended: its final chunk says so too
    Files.write(keys, changed);
    try (Vault small = VaultFixture.open(other, slot)) {
      assertThat(small.verify()).isEmpty();
      assertThat(small.oldest(1).get(0).state()).isEqualTo(ClipState.FINISHED);
    }
  }
}
