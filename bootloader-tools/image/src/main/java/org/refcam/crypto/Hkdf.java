// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF with SHA-256 (RFC 5869). Stateless. */
public final class Hkdf {
  private Hkdf() {}

  /** The name that standards and inventories use. */
  public static final String NAME = "HKDF-SHA-256";

  /**
   * Derives a key.
   *
   * @param inputKey the input keying material
   * @param salt may be empty
   * @param info what the key is for: different purposes get independent keys
   * @param length bytes wanted, up to 8160
   */
  public static SecretBytes derive(SecretBytes inputKey, byte[] salt, byte[] info, int length) {
    byte[] raw = inputKey.exposeSecretBytes();
    byte[] out = new byte[length];
    try {
      HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
      generator.init(new HKDFParameters(raw, salt, info));
      generator.generateBytes(out, 0, length);
      return SecretBytes.copyOf(out);
    } finally {
      Arrays.fill(raw, (byte) 0);
      Arrays.fill(out, (byte) 0);
    }
  }
}
