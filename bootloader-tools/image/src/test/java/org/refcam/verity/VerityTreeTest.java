// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.bytes.ByteRegion;

class VerityTreeTest {
  private static final int BLOCK = 4096;

  @TempDir Path folder;

  /** Of one block, one level, two levels; with and without salt. */
  @Test
  @DisplayName("INV-VERITY-2 a tree without its data is believed by the root hash alone")
  void verify_everySize_knowsItsBlocks_everyChangeIsRefused() throws Exception {
    Random random = new Random(11);
    for (int blocks : new int[] {1, 2, 128, 129, 300}) {
      byte[] data = new byte[blocks * BLOCK];
      random.nextBytes(data);
      Path file = Files.write(folder.resolve("image"), data);
      byte[] salt = new byte[blocks % 2 * 32];
      VerityRoot root;
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        root = VerityWriter.append(channel, salt, new UUID(1, 2));
      }
      byte[] image = Files.readAllBytes(file);
      byte[] tree = Arrays.copyOfRange(image, data.length, image.length);
      assertThat(tree).hasSize(Math.toIntExact(VerityTree.length(data.length)));
      VerityTree verified = VerityTree.verify(ByteRegion.of(ByteBuffer.wrap(tree)), root);
      for (int i = 0; i < blocks; i++) {
        byte[] block = Arrays.copyOfRange(data, i * BLOCK, (i + 1) * BLOCK);
        assertThat(verified.isBlock(i, block)).isTrue();
        assertThat(verified.hash(block)).isEqualTo(verified.hash(i));
        block[random.nextInt(BLOCK)] ^= 1;
        assertThat(verified.isBlock(i, block)).isFalse();
      }
      refuseChanges(tree, root, random);
    }
  }

  private static void refuseChanges(byte[] tree, VerityRoot root, Random random) {
    for (int i = 0; i < 20 && tree.length > BLOCK; i++) {
      byte[] changed = tree.clone();
      changed[BLOCK + random.nextInt(tree.length - BLOCK)] ^= 4;
      assertThatThrownBy(() -> VerityTree.verify(ByteRegion.of(ByteBuffer.wrap(changed)), root))
          .isInstanceOf(InvalidVerityException.class);
    }
    assertThatThrownBy(
            () ->
                VerityTree.verify(
                    ByteRegion.of(ByteBuffer.wrap(tree, 0, tree.length - 1)),
                    new VerityRoot(root.hash(), root.hashOffset() + BLOCK)))
        .isInstanceOf(InvalidVerityException.class);
  }
}
