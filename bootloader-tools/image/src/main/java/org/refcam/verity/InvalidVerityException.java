// SPDX-License-Identifier: Apache-2.0
package org.refcam.verity;

import java.io.Serial;

/** A hash tree, or data under it, that is refused. */
public final class InvalidVerityException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as an operator would act on it. */
  public enum Reason {
    /** No superblock of the one kind that we read: version 1, type 1, SHA-256, blocks of 4096. */
    FORMAT,
    /** Data or tree reach beyond the bytes that are there. */
    TRUNCATED,
    /** The tree's topmost block is not that of the root hash. */
    ROOT_HASH,
    /** A block of the tree does not have its hash in the level above. */
    TREE_BLOCK,
    /** A block of the data does not have its hash in the tree. */
    DATA_BLOCK
  }

  private final Reason reason;
  private final long block;

  InvalidVerityException(Reason reason, long block, String detail) {
    super("verity: " + detail);
    this.reason = reason;
    this.block = block;
  }

  public Reason reason() {
    return reason;
  }

  /** The block of 4096 bytes that is wrong, from the first of its data or tree; else -1. */
  public long block() {
    return block;
  }
}
