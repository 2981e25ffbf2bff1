// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce.
 *
 * <pre>
 *   0          12               12+n      28+n
 *   | nonce    | ciphertext n   | tag 16  |
 * </pre>
 *
 * <p>Random nonces of 96 bits are safe for 2^32 messages a key (SP 800-38D, 8.3); configuration
 * files stay far below. Stateless.
 */
public final class Aead {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** Bytes by which sealed bytes are longer than the plaintext. */
  public static final int OVERHEAD_BYTES = 28;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private Aead() {}

  /**
   * Encrypts and authenticates.
   *
   * @param associatedData authenticated, not stored: opening needs the same bytes
   */
  public static byte[] seal(
      SecretBytes key, byte[] associatedData, byte[] plaintext, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = Arrays.copyOf(nonce, OVERHEAD_BYTES + plaintext.length);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
      cipher.updateAAD(associatedData);
      cipher.doFinal(plaintext, 0, plaintext.length, sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES-GCM, and the buffer has the sealed size", e);
    }
  }

  /**
   * Decrypts what {@link #seal} made.
   *
   * @throws AuthenticationFailedException if any bit of it, the key or the associated data differs;
   *     no plaintext is returned
   */
  public static byte[] open(SecretBytes key, byte[] associatedData, byte[] sealed)
      throws AuthenticationFailedException {
    if (sealed.length < OVERHEAD_BYTES) {
      throw new AuthenticationFailedException("sealed bytes end early: " + sealed.length);
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(sealed, NONCE_BYTES));
      cipher.updateAAD(associatedData);
      return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      AuthenticationFailedException failure =
          new AuthenticationFailedException("sealed bytes do not authenticate");
      failure.initCause(e);
      throw failure;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES-GCM, and the lengths are checked", e);
    }
  }

  private static Cipher cipher(int mode, SecretBytes key, byte[] nonce)
      throws GeneralSecurityException {
    if (key.length() != KEY_BYTES) {
      throw new IllegalArgumentException("AES-256 takes 32 bytes, not " + key.length());
    }
    byte[] raw = key.exposeSecretBytes();
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(raw, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher;
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }
}
