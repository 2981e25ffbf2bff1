// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a signed command line must say of a root file system.
 *
 * @param hash 32 bytes: the root of the tree; copied in and out
 * @param hashOffset where the superblock lies, from the data's first byte; a multiple of 4096, and
 *     so the data's length too
 */
public record VerityRoot(byte[] hash, long hashOffset) {
  public VerityRoot {
    if (hash.length != VerityLevels.HASH_BYTES) {
      throw new IllegalArgumentException("a root hash of " + hash.length + " bytes");
    }
    if (hashOffset <= 0 || hashOffset % VeritySuperblock.BLOCK_BYTES != 0) {
      throw new IllegalArgumentException("superblock at " + hashOffset);
    }
    hash = hash.clone();
  }

  /** A copy of the hash. */
  @Override
  public byte[] hash() {
    return hash.clone();
  }

  /** The hash as 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerityRoot root
        && hashOffset == root.hashOffset
        && Arrays.equals(hash, root.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return "VerityRoot[" + hex() + " at " + hashOffset + "]";
  }
}
