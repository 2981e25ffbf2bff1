// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.Peer;
import org.refcam.bytes.ByteRegion;
import org.refcam.verity.InvalidVerityException.Reason;

class VerityTest {
  private static final UUID ID = UUID.fromString("8a5f1c1e-7a3c-4b52-9a6e-0d1f2e3c4b5a");
  private static final byte[] SALT = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

  /** No level, one, just two, and three; whole blocks and not. */
  private static final int[] SIZES = {1, 4096, 4097, 128 * 4096, 128 * 4096 + 1, 9_000_000};

  @TempDir Path directory;

  @Test
  void formatted_verifies_andIsReproducible() throws Exception {
    for (int size : SIZES) {
      Path a = data("a" + size, size);
      Path b = data("b" + size, size);
      VerityRoot root = append(a, SALT);
      assertThat(append(b, SALT)).isEqualTo(root);
      assertThat(Files.mismatch(a, b)).isEqualTo(-1);
      assertThat(verify(a, root).uuid()).isEqualTo(ID);
      assertThat(Files.size(a)).isEqualTo(size + VerityWriter.overhead(size));
    }
  }

  @Test
  void veritysetup_verifiesOurs_andFormatsTheSame() throws Exception {
    Peer veritysetup = Peer.require("veritysetup");
    for (int size : SIZES) {
      for (byte[] salt : new byte[][] {SALT, {}}) {
        Path ours = data("ours", size);
        VerityRoot root = append(ours, salt);
        String offset = "--hash-offset=" + root.hashOffset();
        veritysetup.run(directory, "verify", "ours", "ours", root.hex(), offset);
        Path theirs = data("theirs", size);
        pad(theirs);
        String hex = salt.length == 0 ? "-" : HexFormat.of().formatHex(salt);
        String said =
            veritysetup.run(
                directory,
                "format",
                "theirs",
                "theirs",
                offset,
                "--salt=" + hex,
                "--uuid=" + ID,
                "--data-blocks=" + root.hashOffset() / 4096);
        assertThat(said).contains(root.hex());
        assertThat(verify(theirs, root).salt()).isEqualTo(salt);
        assertThat(Files.mismatch(ours, theirs)).isEqualTo(-1);
      }
    }
  }

  @Test
  @DisplayName("INV-VERITY-1 a changed byte of data or tree, or another length, is refused")
  void changedByte_isRefused_withItsPlace() throws Exception {
    Path good = data("good", 9_000_000);
    VerityRoot root = append(good, SALT);
    Random random = new Random(5);
    for (int i = 0; i < 12; i++) {
      int block = random.nextInt(9_000_000 / 4096);
      InvalidVerityException e = refused(good, root, block * 4096L + random.nextInt(4096));
      assertThat(e.reason()).isEqualTo(Reason.DATA_BLOCK);
      assertThat(e.block()).isEqualTo(block);
    }
    assertThat(refused(good, root, root.hashOffset() + 4096 + 7).reason())
        .isEqualTo(Reason.ROOT_HASH);
    assertThat(refused(good, root, root.hashOffset() + 8192 + 7).reason())
        .isEqualTo(Reason.TREE_BLOCK);
    assertThat(refused(good, root, root.hashOffset()).reason()).isEqualTo(Reason.FORMAT);
    assertThat(refused(good, root, root.hashOffset() + 72).reason()).isEqualTo(Reason.FORMAT);
    assertThat(refused(good, root, root.hashOffset() + 88).reason()).isEqualTo(Reason.ROOT_HASH);
  }

  @Test
  @DisplayName("INV-VERITY-1 a root that was cut short is refused")
  void truncated_isRefused() throws Exception {
    Path file = data("cut", 9_000_000);
    VerityRoot root = append(file, SALT);
    for (long size : new long[] {0, 4096, root.hashOffset() + 100, Files.size(file) - 1}) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(Math.min(size, channel.size()));
      }
      assertThatExceptionOfType(InvalidVerityException.class)
          .isThrownBy(() -> verify(file, root))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TRUNCATED));
    }
  }

  private static InvalidVerityException refused(Path file, VerityRoot root, long at)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) at] ^= 1;
    Path bad = file.resolveSibling("bad");
    Files.write(bad, bytes);
    try {
      verify(bad, root);
    } catch (InvalidVerityException e) {
      return e;
    }
    throw new AssertionError("accepted with a change at " + at);
  }

  private static VerityRoot append(Path file, byte[] salt) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return VerityWriter.append(channel, salt, ID);
    }
  }

  private static VeritySuperblock verify(Path file, VerityRoot root)
      throws IOException, InvalidVerityException {
    try (FileChannel channel = FileChannel.open(file)) {
      return VerityVerifier.verify(ByteRegion.of(channel), root, bytes -> {});
    }
  }

  private Path data(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(directory.resolve(name), bytes);
  }

  private static void pad(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, (bytes.length + 4095) / 4096 * 4096));
  }
}
