// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * The mark by which a data directory knows its root of trust: {@code keys/binding}, one line such
 * as {@code tpm2 1f0c...}: the level's name and 16 bytes derived from the root, in hexadecimal.
 *
 * <p>INV-KEYS-5. A data directory that was copied to another root of trust does not open, and says
 * so. Holds because everything in it is sealed under that root; the mark only makes the message
 * clear. Does not hold for a development root, whose key lies in the directory and is copied along.
 */
final class RootBinding {
  private static final String PURPOSE = "binding";
  private static final int ID_BYTES = 16;

  private RootBinding() {}

  /**
   * Makes the mark in a new directory, or compares it.
   *
   * @throws CorruptStoreException OTHER_ROOT if the directory belongs to another root
   */
  static void require(RootOfTrust root, Path dataDirectory, FileWrites writes) throws IOException {
    Path file = dataDirectory.resolve("keys").resolve("binding");
    String mine = root.assuranceLevel().word() + " " + id(root) + "\n";
    if (!Files.exists(file)) {
      writes.makeDirectory(dataDirectory);
      writes.replace(file, mine.getBytes(StandardCharsets.US_ASCII));
      return;
    }
    byte[] found = Files.readAllBytes(file);
    if (!Arrays.equals(found, mine.getBytes(StandardCharsets.US_ASCII))) {
      throw new CorruptStoreException(CorruptStoreException.Reason.OTHER_ROOT, file);
    }
  }

  private static String id(RootOfTrust root) throws IOException {
    try (SecretBytes key = root.deriveKey(PURPOSE)) {
      byte[] raw = key.exposeSecretBytes();
      String id = HexFormat.of().formatHex(raw, 0, ID_BYTES);
      Arrays.fill(raw, (byte) 0);
      return id;
    }
  }
}
