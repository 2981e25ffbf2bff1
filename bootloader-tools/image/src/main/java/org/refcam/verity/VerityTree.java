// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.refcam.bytes.ByteRegion;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.Sha256;
import org.refcam.verity.InvalidVerityException.Reason;

/**
 * The hashes of all data blocks, proven by a root hash: what tells which blocks of a new image are
 * there already. Made by {@link #verify} alone; it holds 32 bytes for each block of 4096.
 *
 * <p>INV-VERITY-2. A tree without its data is called verified only if every block of it has its
 * hash in the level above, the topmost that of the signed root hash, and its number of blocks is
 * the signed one. Holds against whoever carries the tree. Says nothing of data that nobody has
 * hashed.
 *
 * <p>Confined to one thread, for its digest.
 */
public final class VerityTree {
  private static final int BLOCK = VeritySuperblock.BLOCK_BYTES;

  private final byte[] salt;
  private final byte[] hashes;
  private final MessageDigest digest = Sha256.start();

  private VerityTree(byte[] salt, byte[] hashes) {
    this.salt = salt;
    this.hashes = hashes;
  }

  /** Bytes of superblock and tree over so much data, which is a multiple of 4096. */
  public static long length(long dataBytes) {
    return VerityWriter.overhead(dataBytes);
  }

  /**
   * @param tree superblock's block and tree, as they lie behind the data
   * @throws InvalidVerityException FORMAT, TRUNCATED, ROOT_HASH, TREE_BLOCK
   */
  public static VerityTree verify(ByteRegion tree, VerityRoot root)
      throws IOException, InvalidVerityException {
    try {
      VeritySuperblock superblock = VeritySuperblock.parse(tree.read(0, VeritySuperblock.BYTES));
      long blocks = root.hashOffset() / BLOCK;
      if (superblock.dataBlocks() != blocks) {
        throw new InvalidVerityException(
            Reason.FORMAT, -1, superblock.dataBlocks() + " blocks of data, not the signed length");
      }
      return new VerityTree(superblock.salt(), hashes(tree, root, superblock));
    } catch (TruncatedException e) {
      throw new InvalidVerityException(Reason.TRUNCATED, -1, String.valueOf(e.getMessage()));
    }
  }

  /** Level by level downwards: each is believed only by the one above. */
  private static byte[] hashes(ByteRegion tree, VerityRoot root, VeritySuperblock superblock)
      throws IOException, TruncatedException, InvalidVerityException {
    MessageDigest digest = Sha256.start();
    VerityLevels levels = VerityLevels.of(superblock.dataBlocks());
    byte[] above = root.hash();
    for (int level = levels.count() - 1; level >= 0; level--) {
      int blocks = Math.toIntExact(levels.blocks()[level]);
      byte[] here = new byte[Math.multiplyExact(blocks, BLOCK)];
      byte[] block = new byte[BLOCK];
      for (int i = 0; i < blocks; i++) {
        long inTree = levels.begins()[level] + i;
        tree.read(BLOCK + inTree * BLOCK, block);
        byte[] hash = VerityLevels.hash(digest, superblock.salt(), block);
        if (!isAt(above, i, hash)) {
          boolean top = level == levels.count() - 1;
          throw new InvalidVerityException(
              top ? Reason.ROOT_HASH : Reason.TREE_BLOCK, inTree, "tree block " + inTree);
        }
        System.arraycopy(block, 0, here, i * BLOCK, BLOCK);
      }
      above = here;
    }
    return above;
  }

  private static boolean isAt(byte[] hashes, int index, byte[] hash) {
    int at = index * VerityLevels.HASH_BYTES;
    return Arrays.equals(hashes, at, at + hash.length, hash, 0, hash.length);
  }

  /** Whether these 4096 bytes are the data's block of that number. */
  public boolean isBlock(int number, byte[] block) {
    return isAt(hashes, number, hash(block));
  }

  /** The hash that a block of 4096 bytes has under this tree's salt. */
  public byte[] hash(byte[] block) {
    return VerityLevels.hash(digest, salt, block);
  }

  /** The hash of a block of the data. */
  public byte[] hash(int number) {
    int at = number * VerityLevels.HASH_BYTES;
    return Arrays.copyOfRange(hashes, at, at + VerityLevels.HASH_BYTES);
  }
}
