// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The kernel's random generator, once it is seeded.
 *
 * <p>INV-KEYS-7. No secret is made before the kernel's generator was seeded. Kept by reading one
 * byte of {@code /dev/random} first, which since Linux 5.6 waits for exactly that, as {@code
 * getrandom(2)} does, and before waited at least as long; a first boot without entropy therefore
 * stands still instead of making keys that others can guess. Does not hold against a hardware
 * generator that lies to the kernel.
 */
public final class SystemRandom {
  private SystemRandom() {}

  /** Waits until the generator is seeded, and returns a source that draws on it. */
  public static SecureRandom seeded() throws IOException {
    return seeded(Path.of("/dev/random"));
  }

  static SecureRandom seeded(Path device) throws IOException {
    try (InputStream in = Files.newInputStream(device)) {
      if (in.read() < 0) {
        throw new IOException(device + " ended: no secret is made without it");
      }
    }
    return new SecureRandom();
  }
}
