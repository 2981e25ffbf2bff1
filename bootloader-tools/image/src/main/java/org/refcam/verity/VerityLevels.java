// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Where the levels of a tree lie: the topmost first, one block; the one over the data last. A block
 * holds 128 hashes of 32 bytes. A tree over a single block of data has no level: that block's hash
 * is the root hash.
 *
 * @param blocks of each level, from the one over the data (0) to the topmost
 * @param begins first block of each level, from the tree's first block
 */
record VerityLevels(long[] blocks, long[] begins) {
  static final int HASH_BYTES = 32;
  static final int HASHES_PER_BLOCK = VeritySuperblock.BLOCK_BYTES / HASH_BYTES;

  /** No tree that we take is higher: 128^5 blocks are more than DATA_BLOCKS_MAX. */
  private static final int LEVELS_MAX = 5;

  static VerityLevels of(long dataBlocks) {
    long[] blocks = new long[LEVELS_MAX];
    int levels = 0;
    for (long below = dataBlocks; below > 1; levels++) {
      below = (below + HASHES_PER_BLOCK - 1) / HASHES_PER_BLOCK;
      blocks[levels] = below;
    }
    long[] used = Arrays.copyOf(blocks, levels);
    long[] begins = new long[levels];
    long next = 0;
    for (int level = levels - 1; level >= 0; level--) {
      begins[level] = next;
      next += used[level];
    }
    return new VerityLevels(used, begins);
  }

  int count() {
    return blocks.length;
  }

  /** Blocks of the whole tree, without the superblock's. */
  long total() {
    long sum = 0;
    for (long level : blocks) {
      sum += level;
    }
    return sum;
  }

  /** The hash of one block: type 1, the salt in front. */
  static byte[] hash(MessageDigest digest, byte[] salt, byte[] block) {
    digest.update(salt);
    return digest.digest(block);
  }
}
