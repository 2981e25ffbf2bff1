// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.refcam.storage.FileWrites;

/**
 * A root key in a file, for machines without a hardware root: assurance level {@code development}.
 *
 * <p>Weaker than a hardware root by nature: who reads the medium reads the key, and with it every
 * sealed file. The file holds 32 random bytes, mode 0600. Immutable after opening.
 */
public final class DevelopmentFileRoot extends SoftwareRoot {
  private DevelopmentFileRoot(
      byte[] root, Path dataDirectory, FileWrites writes, SecureRandom random) {
    super(
        root,
        AssuranceLevel.DEVELOPMENT,
        dataDirectory,
        AssuranceLevel.OVERWRITTEN_FILE,
        writes,
        random);
  }

  /**
   * Opens {@code DIR/keys/root.key}, or makes it in a directory that has no sealed data.
   *
   * @throws CorruptStoreException KEY_MISSING if sealed data is there without its key, NOT_A_STORE
   *     if the key file has the wrong length
   */
  public static DevelopmentFileRoot openOrCreate(
      Path dataDirectory, FileWrites writes, SecureRandom random) throws IOException {
    Path file = dataDirectory.resolve("keys").resolve("root.key");
    if (!Files.exists(file)) {
      if (SealedData.underRoot(dataDirectory)) {
        throw new CorruptStoreException(CorruptStoreException.Reason.KEY_MISSING, file);
      }
      byte[] fresh = new byte[SoftwareKeys.ROOT_BYTES];
      random.nextBytes(fresh);
      writes.makeDirectory(dataDirectory);
      writes.replace(file, fresh);
      writes.syncDirectory(dataDirectory);
      Arrays.fill(fresh, (byte) 0);
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != SoftwareKeys.ROOT_BYTES) {
      throw new CorruptStoreException(CorruptStoreException.Reason.NOT_A_STORE, file);
    }
    DevelopmentFileRoot root = new DevelopmentFileRoot(bytes, dataDirectory, writes, random);
    Arrays.fill(bytes, (byte) 0);
    return root;
  }

  /** As above on the real disk. */
  public static DevelopmentFileRoot openOrCreate(Path dataDirectory, SecureRandom random)
      throws IOException {
    return openOrCreate(dataDirectory, FileWrites.disk(), random);
  }
}
