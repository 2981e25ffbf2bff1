// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.UUID;
import org.refcam.bytes.ByteRegion;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.Sha256;

/**
 * Writes superblock and hash tree behind the data that they protect:
 *
 * <pre>
 *   0            dataBlocks*4096 = hash offset       +4096
 *   | data ...   | superblock 512, zeros to 4096     | topmost block | ... | level over the data |
 * </pre>
 *
 * <p>Memory: one block and one digest, whatever the size. Confined to one thread.
 */
public final class VerityWriter {
  private static final int BLOCK = VeritySuperblock.BLOCK_BYTES;

  private final FileChannel file;
  private final long treeOffset;
  private final VeritySuperblock superblock;
  private final VerityLevels levels;
  private final MessageDigest digest = Sha256.start();

  private VerityWriter(FileChannel file, long hashOffset, VeritySuperblock superblock) {
    this.file = file;
    this.superblock = superblock;
    treeOffset = hashOffset + BLOCK;
    levels = VerityLevels.of(superblock.dataBlocks());
  }

  /**
   * Pads the file with zeros to a whole block and appends superblock and tree.
   *
   * @param file opened for reading and writing; all that it holds becomes the data
   * @param salt and uuid given, so that the same data gives the same bytes
   * @return the root hash and where the superblock lies
   * @throws IllegalArgumentException for an empty file
   */
  public static VerityRoot append(FileChannel file, byte[] salt, UUID uuid) throws IOException {
    long blocks = (file.size() + BLOCK - 1) / BLOCK;
    VeritySuperblock superblock = new VeritySuperblock(uuid, blocks, salt);
    long hashOffset = blocks * BLOCK;
    VerityWriter writer = new VerityWriter(file, hashOffset, superblock);
    byte[] first = new byte[BLOCK];
    System.arraycopy(superblock.encode(), 0, first, 0, VeritySuperblock.BYTES);
    // The last byte first: what lies between, the data's padding included, then reads as zeros.
    writer.write(writer.treeOffset + writer.levels.total() * BLOCK - 1, new byte[1]);
    writer.write(hashOffset, first);
    return new VerityRoot(writer.tree(), hashOffset);
  }

  /** Bytes that {@link #append} adds to this many bytes of data, padding included. */
  public static long overhead(long dataBytes) {
    long blocks = (dataBytes + BLOCK - 1) / BLOCK;
    return blocks * BLOCK - dataBytes + BLOCK + VerityLevels.of(blocks).total() * BLOCK;
  }

  private byte[] tree() throws IOException {
    long below = 0;
    long blocks = superblock.dataBlocks();
    for (int level = 0; level < levels.count(); level++) {
      long begin = treeOffset + levels.begins()[level] * BLOCK;
      level(below, blocks, begin);
      below = begin;
      blocks = levels.blocks()[level];
    }
    return hash(below);
  }

  /** Hashes that many blocks from an offset on, into the level that begins at another. */
  private void level(long below, long blocks, long begin) throws IOException {
    ByteBuffer level = ByteBuffer.allocate(BLOCK);
    long at = begin;
    for (long block = 0; block < blocks; block++) {
      level.put(hash(below + block * BLOCK));
      if (!level.hasRemaining() || block == blocks - 1) {
        write(at, level.array());
        at += BLOCK;
        level = ByteBuffer.allocate(BLOCK);
      }
    }
  }

  private byte[] hash(long offset) throws IOException {
    try {
      byte[] block = ByteRegion.of(file).read(offset, BLOCK);
      return VerityLevels.hash(digest, superblock.salt(), block);
    } catch (TruncatedException e) {
      throw new IOException("the file became shorter while it was read", e);
    }
  }

  private void write(long offset, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      file.write(buffer, offset + buffer.position());
    }
  }
}
