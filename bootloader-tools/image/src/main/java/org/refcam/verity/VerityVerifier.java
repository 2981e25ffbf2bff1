// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.refcam.bytes.ByteRegion;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.Sha256;
import org.refcam.verity.InvalidVerityException.Reason;

/**
 * Verifies a file system and the tree behind it against a root hash, as {@code veritysetup verify}.
 *
 * <p>INV-VERITY-1. Data is called verified only if every block of it, and every block of the tree
 * on its way up, has its hash in the block above, the topmost that of the signed root hash, and the
 * data's length is the signed one. Holds against whoever writes the root partition. Not covered:
 * bytes behind the tree, and the superblock's UUID, which nothing depends on.
 *
 * <p>Memory: one block a level. Confined to one thread.
 */
public final class VerityVerifier {
  private static final int BLOCK = VeritySuperblock.BLOCK_BYTES;

  private final ByteRegion region;
  private final VerityRoot root;
  private final byte[] salt;
  private final VerityLevels levels;
  private final MessageDigest digest = Sha256.start();

  /** Of each level, the block read last: data is walked in order, so each is read once. */
  private final byte[][] cached;

  private final long[] cachedBlock;

  private VerityVerifier(ByteRegion region, VerityRoot root, VeritySuperblock superblock) {
    this.region = region;
    this.root = root;
    salt = superblock.salt();
    levels = VerityLevels.of(superblock.dataBlocks());
    cached = new byte[levels.count()][BLOCK];
    cachedBlock = new long[levels.count()];
    Arrays.fill(cachedBlock, -1);
  }

  /**
   * Verifies all data.
   *
   * @param region data, superblock and tree; what follows is not read
   * @param progress is told bytes of data verified so far, every 4 MiB
   * @return the superblock
   * @throws InvalidVerityException at the first block that is wrong
   */
  public static VeritySuperblock verify(ByteRegion region, VerityRoot root, LongConsumer progress)
      throws IOException, InvalidVerityException {
    try {
      VeritySuperblock superblock =
          VeritySuperblock.parse(region.read(root.hashOffset(), VeritySuperblock.BYTES));
      if (superblock.dataBlocks() != root.hashOffset() / BLOCK) {
        throw new InvalidVerityException(
            Reason.FORMAT, -1, superblock.dataBlocks() + " blocks of data, not the signed length");
      }
      new VerityVerifier(region, root, superblock).blocks(superblock.dataBlocks(), progress);
      return superblock;
    } catch (TruncatedException e) {
      throw new InvalidVerityException(Reason.TRUNCATED, -1, String.valueOf(e.getMessage()));
    }
  }

  private void blocks(long count, LongConsumer progress)
      throws IOException, TruncatedException, InvalidVerityException {
    byte[] block = new byte[BLOCK];
    for (long i = 0; i < count; i++) {
      region.read(i * BLOCK, block);
      byte[] hash = VerityLevels.hash(digest, salt, block);
      if (!Arrays.equals(hash, expected(0, i))) {
        Reason reason = levels.count() == 0 ? Reason.ROOT_HASH : Reason.DATA_BLOCK;
        throw new InvalidVerityException(reason, i, "data block " + i + " was changed");
      }
      if (i % 1024 == 1023) {
        progress.accept((i + 1) * BLOCK);
      }
    }
  }

  /** The hash that a level has of a block of the one below; of the topmost, the root hash. */
  private byte[] expected(int level, long below)
      throws IOException, TruncatedException, InvalidVerityException {
    if (level == levels.count()) {
      return root.hash();
    }
    long block = below / VerityLevels.HASHES_PER_BLOCK;
    if (cachedBlock[level] != block) {
      load(level, block);
    }
    int at = (int) (below % VerityLevels.HASHES_PER_BLOCK) * VerityLevels.HASH_BYTES;
    return Arrays.copyOfRange(cached[level], at, at + VerityLevels.HASH_BYTES);
  }

  private void load(int level, long block)
      throws IOException, TruncatedException, InvalidVerityException {
    long inTree = levels.begins()[level] + block;
    region.read(root.hashOffset() + BLOCK + inTree * BLOCK, cached[level]);
    cachedBlock[level] = -1;
    byte[] hash = VerityLevels.hash(digest, salt, cached[level]);
    if (!Arrays.equals(hash, expected(level + 1, block))) {
      boolean top = level == levels.count() - 1;
      throw new InvalidVerityException(
          top ? Reason.ROOT_HASH : Reason.TREE_BLOCK,
          inTree,
          top ? "the tree is not that of the root hash" : "tree block " + inTree + " was changed");
    }
    cachedBlock[level] = block;
  }
}
