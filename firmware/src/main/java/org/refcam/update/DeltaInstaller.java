// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.refcam.crypto.Sha256;
import org.refcam.image.BundleImage;
import org.refcam.update.UpdateException.Reason;
import org.refcam.verity.VerityTree;

/**
 * Puts a new image together in a slot from the running one and what {@link DeltaFetcher} brought,
 * verifying everything again. Confined to one thread.
 */
final class DeltaInstaller {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Slots slots;

  DeltaInstaller(Slots slots) {
    this.slots = slots;
  }

  /** The head of a fetched delta; unverified. */
  static byte[] head(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      return head(in);
    }
  }

  private static byte[] head(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > DeltaFetcher.HEAD_BYTES) {
      throw new IOException("a head of " + length + " bytes");
    }
    return exactly(in, length);
  }

  /**
   * Writes all images into a cleared slot.
   *
   * @param images of the verified description
   * @throws UpdateException WRONG_BYTES if the running image changed since the delta was fetched
   */
  void install(Path file, List<BundleImage> images, SlotName slot)
      throws IOException, UpdateException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
      head(in);
      for (BundleImage image : images) {
        DeltaPlan plan =
            DeltaPlan.of(image).orElseThrow(() -> new IOException(image.name() + " has no tree"));
        image(in, plan, slot);
      }
    }
  }

  private void image(DataInputStream in, DeltaPlan plan, SlotName slot)
      throws IOException, UpdateException {
    byte[] bytes = exactly(in, plan.treeLength());
    VerityTree tree = plan.verify(bytes);
    MessageDigest whole = Sha256.start();
    try (BlockSource source =
            BlockSource.open(tree, plan.blocks(), slots.present(plan.image().name()));
        OutputStream out = new BufferedOutputStream(slots.open(slot, plan.image()), BUFFER_BYTES)) {
      BitSet missing = source.missing();
      for (int number = 0; number < source.blocks(); number++) {
        byte[] block = missing.get(number) ? exactly(in, BlockSource.BLOCK) : source.block(number);
        if (!tree.isBlock(number, block)) {
          throw new UpdateException(Reason.WRONG_BYTES, "block " + number + " is another");
        }
        whole.update(block);
        out.write(block);
      }
      whole.update(bytes);
      out.write(bytes);
    }
    String found = HexFormat.of().formatHex(whole.digest());
    if (!plan.image().contentSha256().orElseThrow().equals(found)) {
      throw new UpdateException(Reason.WRONG_BYTES, plan.image().name() + " is not the signed one");
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length != length) {
      throw new IOException("what was fetched ends early");
    }
    return bytes;
  }
}
