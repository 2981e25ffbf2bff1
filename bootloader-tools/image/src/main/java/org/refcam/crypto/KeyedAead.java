// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key of bulk data, for many messages under nonces that the caller counts. The caller owes the
 * one thing on which both ciphers stand: no nonce seals twice under a key. Works on heap arrays:
 * direct buffers are three times slower on JDK 25.
 *
 * <p>Confined to one thread. The JDK keeps its own copy of the key until the object is collected.
 */
public final class KeyedAead {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** Bytes of a nonce. */
  public static final int NONCE_BYTES = 12;

  /** Bytes by which ciphertext and tag are longer than the plaintext. */
  public static final int TAG_BYTES = 16;

  private final AeadAlgorithm algorithm;
  private final SecretKeySpec key;
  private final Cipher cipher;

  /**
   * @throws IllegalArgumentException unless the key has 32 bytes
   */
  public KeyedAead(AeadAlgorithm algorithm, SecretBytes key) {
    if (key.length() != KEY_BYTES) {
      throw new IllegalArgumentException("the key has 32 bytes, not " + key.length());
    }
    this.algorithm = algorithm;
    byte[] raw = key.exposeSecretBytes();
    try {
      this.key = new SecretKeySpec(raw, algorithm.keyAlgorithm());
      this.cipher = Cipher.getInstance(algorithm.transformation());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK from 11 has both ciphers", e);
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }

  public AeadAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * Encrypts and authenticates: {@code length} bytes of ciphertext and the tag go to {@code out}.
   *
   * @param nonce 12 bytes, never used before under this key
   * @param associatedData authenticated, not stored
   * @return bytes written, {@code length + 16}
   */
  public int seal(
      byte[] nonce,
      byte[] associatedData,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, parameters(nonce));
      cipher.updateAAD(associatedData);
      return cipher.doFinal(in, offset, length, out, outOffset);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the nonce is fresh and the buffer has the sealed size", e);
    }
  }

  /**
   * Decrypts what {@link #seal} made.
   *
   * @param length bytes of ciphertext and tag
   * @return the plaintext
   * @throws AuthenticationFailedException if any bit, the key, nonce or associated data differs; no
   *     plaintext is returned
   */
  public byte[] open(byte[] nonce, byte[] associatedData, byte[] in, int offset, int length)
      throws AuthenticationFailedException {
    if (length < TAG_BYTES) {
      throw new AuthenticationFailedException("sealed bytes end early: " + length);
    }
    try {
      Cipher opening = openingCipher();
      opening.init(Cipher.DECRYPT_MODE, key, parameters(nonce));
      opening.updateAAD(associatedData);
      return opening.doFinal(in, offset, length);
    } catch (AEADBadTagException e) {
      AuthenticationFailedException failure =
          new AuthenticationFailedException("sealed bytes do not authenticate");
      failure.initCause(e);
      throw failure;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has both ciphers, and the lengths are checked", e);
    }
  }

  /**
   * The JDK's ChaCha20 refuses a nonce that it was given last, when opening too, so that opening
   * the same message twice takes a fresh object.
   */
  private Cipher openingCipher() throws GeneralSecurityException {
    return algorithm == AeadAlgorithm.AES_256_GCM
        ? cipher
        : Cipher.getInstance(algorithm.transformation());
  }

  private AlgorithmParameterSpec parameters(byte[] nonce) {
    return algorithm == AeadAlgorithm.AES_256_GCM
        ? new GCMParameterSpec(8 * TAG_BYTES, nonce)
        : new IvParameterSpec(nonce);
  }
}
