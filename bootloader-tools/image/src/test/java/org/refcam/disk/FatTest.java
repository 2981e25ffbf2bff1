// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.Peer;
import org.refcam.bytes.ByteRegion;
import org.refcam.disk.InvalidDiskException.Reason;

class FatTest {
  @TempDir Path directory;

  @Test
  void everyWidth_madeByMkfs_isRead() throws Exception {
    for (int bits : new int[] {12, 16, 32}) {
      byte[] content = new byte[100_001];
      new Random(bits).nextBytes(content);
      FatFileSystem fat = open(image(bits, content));
      assertThat(fat.names()).contains("cmdline.txt", "A rather long name.bin");
      assertThat(fat.read("CMDLINE.TXT", 100)).contains("quiet\n".getBytes());
      assertThat(fat.read("a rather long name.bin", 1 << 20)).contains(content);
      assertThat(fat.read("none", 100)).isEmpty();
      assertThat(fat.read("empty", 100)).contains(new byte[0]);
      assertThatExceptionOfType(InvalidDiskException.class)
          .isThrownBy(() -> fat.read("a rather long name.bin", 100_000))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    }
  }

  @Test
  @DisplayName("INV-DISK-1 a hostile file system ends in data or the checked exception")
  void changedBytes_neverDoMoreThanRefuse() throws Exception {
    Random random = new Random(8);
    for (int bits : new int[] {12, 16, 32}) {
      byte[] good = image(bits, new byte[5000]);
      for (int i = 0; i < 400; i++) {
        byte[] bad = good.clone();
        for (int j = 0; j < 3; j++) {
          int at = i % 2 == 0 ? random.nextInt(90) : random.nextInt(40_000);
          bad[at] = (byte) random.nextInt(256);
        }
        try {
          FatFileSystem fat = open(bad);
          for (String name : fat.names()) {
            assertThat(fat.read(name, 1 << 20)).isPresent();
          }
        } catch (InvalidDiskException expected) {
          assertThat(expected.reason()).isNotNull();
        }
      }
    }
  }

  private static FatFileSystem open(byte[] image) throws IOException, InvalidDiskException {
    return FatFileSystem.open(ByteRegion.of(ByteBuffer.wrap(image)));
  }

  private byte[] image(int bits, byte[] content) throws Exception {
    Path image = directory.resolve("fat" + bits);
    Files.write(image, new byte[bits == 32 ? 40 << 20 : bits == 16 ? 16 << 20 : 1 << 20]);
    Peer.require("mkfs.vfat").run(directory, "-F", bits, image);
    Files.writeString(directory.resolve("cmdline.txt"), "quiet\n");
    Files.write(directory.resolve("empty"), new byte[0]);
    Files.write(directory.resolve("A rather long name.bin"), content);
    Peer mcopy = Peer.require("mcopy");
    for (String name : new String[] {"cmdline.txt", "empty", "A rather long name.bin"}) {
      mcopy.run(directory, "-o", "-i", image, name, "::");
    }
    return Files.readAllBytes(image);
  }
}
