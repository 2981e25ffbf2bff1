// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.refcam.bytes.ByteRegion;
import org.refcam.image.BundleImage;
import org.refcam.update.UpdateException.Reason;
import org.refcam.verity.InvalidVerityException;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VerityTree;

/**
 * Where the tree of one image lies, by the signed description. Immutable.
 *
 * <pre>
 *   0            treeAt = the data's length          length
 *   | data ...   | superblock, hash tree             |
 * </pre>
 *
 * @param treeAt a multiple of 4096
 */
record DeltaPlan(BundleImage image, VerityRoot root, long treeAt) {
  private static final long DATA_MAX = (long) BlockSource.BLOCK * Integer.MAX_VALUE;

  /** Empty if the description does not say enough: then the image is fetched as a whole. */
  static Optional<DeltaPlan> of(BundleImage image) {
    long treeAt = image.verityOffset().orElse(0);
    boolean said =
        treeAt > 0
            && treeAt <= DATA_MAX
            && image.verityRoot().filter(hash -> hash.length() == 64).isPresent()
            && image.contentSha256().isPresent()
            && image.contentLength().orElse(0) == treeAt + VerityTree.length(treeAt);
    return said
        ? Optional.of(
            new DeltaPlan(
                image,
                new VerityRoot(HexFormat.of().parseHex(image.verityRoot().orElseThrow()), treeAt),
                treeAt))
        : Optional.empty();
  }

  int blocks() {
    return (int) (treeAt / BlockSource.BLOCK);
  }

  /** Bytes of superblock and tree. */
  int treeLength() {
    return Math.toIntExact(VerityTree.length(treeAt));
  }

  ByteRange treeRange() {
    return new ByteRange(treeAt, treeAt + treeLength());
  }

  /**
   * @throws UpdateException WRONG_BYTES if it is not the signed one
   */
  VerityTree verify(byte[] tree) throws IOException, UpdateException {
    try {
      return VerityTree.verify(ByteRegion.of(ByteBuffer.wrap(tree)), root);
    } catch (InvalidVerityException e) {
      throw new UpdateException(Reason.WRONG_BYTES, String.valueOf(e.getMessage()), e);
    }
  }
}
