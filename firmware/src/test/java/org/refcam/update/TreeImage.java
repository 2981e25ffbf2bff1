// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VerityWriter;

/** An image with its dm-verity tree behind it, as {@code bundle create --delta} makes it. */
record TreeImage(byte[] bytes, VerityRoot root) {

  /**
   * @param data whole blocks of 4096 bytes
   * @param scratch a file to work in; deleted
   */
  static TreeImage of(byte[] data, Path scratch) throws IOException {
    Files.write(scratch, data);
    try (FileChannel channel =
        FileChannel.open(scratch, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      VerityRoot root = VerityWriter.append(channel, new byte[0], new UUID(1, 2));
      return new TreeImage(Files.readAllBytes(scratch), root);
    } finally {
      Files.delete(scratch);
    }
  }
}
