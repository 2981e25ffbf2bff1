// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * A root key in a file, for machines without a hardware root: assurance level {@code development}.
 *
 * <p>Weaker than a hardware root by nature: who reads the medium reads the key, and with it every
 * sealed file. The file holds 32 random bytes, mode 0600. Immutable after opening.
 */
public final class DevelopmentFileRoot implements RootOfTrust {
  private final SoftwareKeys keys;
  private final FileSlots slots;

  private DevelopmentFileRoot(SoftwareKeys keys, FileSlots slots) {
    this.keys = keys;
    this.slots = slots;
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
    SoftwareKeys keys = new SoftwareKeys(SecretBytes.copyOf(bytes));
    Arrays.fill(bytes, (byte) 0);
    return new DevelopmentFileRoot(
        keys,
        new FileSlots(
            dataDirectory.resolve("keys"), AssuranceLevel.OVERWRITTEN_FILE, writes, random));
  }

  /** As above on the real disk. */
  public static DevelopmentFileRoot openOrCreate(Path dataDirectory, SecureRandom random)
      throws IOException {
    return openOrCreate(dataDirectory, FileWrites.disk(), random);
  }

  @Override
  public SecretBytes deriveKey(String purpose) {
    return keys.derive(purpose);
  }

  @Override
  public KeyPair deviceKey() {
    return keys.deviceKey();
  }

  @Override
  public KeySlot slot(String name) {
    return slots.slot(name, deriveKey("slot/" + name));
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return AssuranceLevel.DEVELOPMENT;
  }

  @Override
  public void close() {
    keys.close();
  }
}
