// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.security.SecureRandom;
import org.refcam.crypto.SecretBytes;

/**
 * A master key with its salt, for one direction between two parties. Wiped on close. Guarded by the
 * secret's own monitor.
 */
public final class SrtpKey implements AutoCloseable {
  /** The longest master key identifier that is read. */
  public static final int MKI_MAX = 16;

  private final SrtpPolicy policy;
  private final SecretBytes keyAndSalt;
  private final byte[] mki;

  /**
   * @param keyAndSalt the master key and after it the master salt; closed with this object
   * @param mki what each packet carries to name the key (RFC 3711, 3.1); empty for none
   * @throws IllegalArgumentException if a length does not fit the policy
   */
  public SrtpKey(SrtpPolicy policy, SecretBytes keyAndSalt, byte[] mki) {
    if (keyAndSalt.length() != policy.keyBytes() + SrtpPolicy.SALT_BYTES || mki.length > MKI_MAX) {
      keyAndSalt.close();
      throw new IllegalArgumentException(policy + " with " + keyAndSalt + ", MKI " + mki.length);
    }
    this.policy = policy;
    this.keyAndSalt = keyAndSalt;
    this.mki = mki.clone();
  }

  /** A fresh key of the policy that the camera offers, without an identifier. */
  public static SrtpKey random(SecureRandom random) {
    SrtpPolicy policy = SrtpPolicy.AES_CM_128_HMAC_SHA1_80;
    int length = policy.keyBytes() + SrtpPolicy.SALT_BYTES;
    return new SrtpKey(policy, SecretBytes.random(length, random), new byte[0]);
  }

  public SrtpPolicy policy() {
    return policy;
  }

  SecretBytes keyAndSalt() {
    return keyAndSalt;
  }

  byte[] mki() {
    return mki.clone();
  }

  @Override
  public void close() {
    keyAndSalt.close();
  }

  @Override
  public String toString() {
    return "SrtpKey[" + policy + "]";
  }
}
