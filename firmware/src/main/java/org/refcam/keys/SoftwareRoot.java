// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * A root of trust that hands out its {@value SoftwareKeys#ROOT_BYTES} bytes at start: all else is
 * derived from them in this process, and the slots are files. Immutable after opening.
 */
abstract sealed class SoftwareRoot implements RootOfTrust permits DevelopmentFileRoot, PiOtpRoot {
  private final SoftwareKeys keys;
  private final FileSlots slots;
  private final AssuranceLevel level;

  /**
   * @param root copied; the caller wipes it
   * @param level of the root
   * @param slotLevel of what becomes of a slot's old value
   */
  SoftwareRoot(
      byte[] root,
      AssuranceLevel level,
      Path dataDirectory,
      AssuranceLevel slotLevel,
      FileWrites writes,
      SecureRandom random) {
    keys = new SoftwareKeys(SecretBytes.copyOf(root));
    slots = new FileSlots(dataDirectory.resolve("keys"), slotLevel, writes, random);
    this.level = level;
  }

  @Override
  public final SecretBytes deriveKey(String purpose) {
    return keys.derive(purpose);
  }

  @Override
  public final KeyPair deviceKey() {
    return keys.deviceKey();
  }

  @Override
  public final KeySlot slot(String name) {
    return slots.slot(name, deriveKey("slot/" + name));
  }

  @Override
  public final AssuranceLevel assuranceLevel() {
    return level;
  }

  @Override
  public final void close() {
    keys.close();
  }
}
