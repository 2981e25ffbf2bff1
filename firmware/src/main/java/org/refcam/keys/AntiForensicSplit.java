// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.refcam.crypto.Sha256;

/**
 * Spreads a secret over many stripes so that it is lost when any one stripe is (the AF splitter of
 * LUKS1, On-Disk Format Specification 1.2.3, section 2.4, with SHA-256).
 *
 * <pre>
 *   s_1 .. s_(n-1) random;  d_0 = 0;  d_k = H(d_(k-1) xor s_k);  s_n = d_(n-1) xor secret
 *   H: each block of 32 bytes becomes SHA-256(block number, 32 bit big endian | block), cut to size
 * </pre>
 *
 * <p>Flash that moves data keeps old copies of single sectors, not of all: one lost sector of the
 * split area hides the secret. Stateless.
 */
final class AntiForensicSplit {
  private static final int BLOCK = 32;

  private AntiForensicSplit() {}

  /**
   * @return {@code stripes * secret.length} bytes
   */
  static byte[] split(byte[] secret, int stripes, SecureRandom random) {
    byte[] material = new byte[secret.length * stripes];
    random.nextBytes(material);
    byte[] running = run(material, secret.length, stripes);
    int last = secret.length * (stripes - 1);
    for (int i = 0; i < secret.length; i++) {
      material[last + i] = (byte) (running[i] ^ secret[i]);
    }
    Arrays.fill(running, (byte) 0);
    return material;
  }

  /** The secret of what {@link #split} made; of anything else, bytes that mean nothing. */
  static byte[] merge(byte[] material, int stripes) {
    int length = material.length / stripes;
    byte[] secret = run(material, length, stripes);
    for (int i = 0; i < length; i++) {
      secret[i] ^= material[length * (stripes - 1) + i];
    }
    return secret;
  }

  /** d_(n-1) of the material's first n-1 stripes. */
  private static byte[] run(byte[] material, int length, int stripes) {
    byte[] running = new byte[length];
    for (int stripe = 0; stripe < stripes - 1; stripe++) {
      for (int i = 0; i < length; i++) {
        running[i] ^= material[stripe * length + i];
      }
      diffuse(running);
    }
    return running;
  }

  private static void diffuse(byte[] bytes) {
    MessageDigest sha256 = Sha256.start();
    for (int at = 0, block = 0; at < bytes.length; at += BLOCK, block++) {
      int length = Math.min(BLOCK, bytes.length - at);
      sha256.update(ByteBuffer.allocate(4).putInt(block).array());
      sha256.update(bytes, at, length);
      System.arraycopy(sha256.digest(), 0, bytes, at, length);
    }
  }
}
