// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys of SRTP or of SRTCP, and what is done with them: AES counter mode (RFC 3711, 4.1.1)
 * and HMAC-SHA1 (4.2.1). The key derivation rate is 0, so each key is derived once (4.3.1).
 *
 * <p>Confined to one thread. The JDK's ciphers keep copies of the keys until they are collected.
 */
final class SrtpCipher {
  /** Which keys to derive: the labels of RFC 3711, 4.3.2; salt and authentication follow. */
  enum Use {
    RTP(0),
    RTCP(3);

    private final int firstLabel;

    Use(int firstLabel) {
      this.firstLabel = firstLabel;
    }
  }

  private static final int BLOCK = 16;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final Mac mac;
  private final byte[] iv = new byte[BLOCK];
  private final byte[] digest = new byte[20];

  /** Session keys as they are, of which copies are kept. */
  SrtpCipher(byte[] encryption, byte[] authentication, byte[] salt) {
    this.salt = salt.clone();
    key = new SecretKeySpec(encryption, "AES");
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authentication, "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES and HMAC-SHA1", e);
    }
  }

  /** Derives the session keys of one use from a master key. */
  static SrtpCipher derive(SrtpKey master, Use use) {
    byte[] secret = master.keyAndSalt().exposeSecretBytes();
    int keyBytes = master.policy().keyBytes();
    byte[] masterSalt = Arrays.copyOfRange(secret, keyBytes, secret.length);
    SecretKeySpec masterKey = new SecretKeySpec(secret, 0, keyBytes, "AES");
    byte[] encryption = keyStream(masterKey, masterSalt, use.firstLabel, keyBytes);
    byte[] authentication =
        keyStream(masterKey, masterSalt, use.firstLabel + 1, SrtpPolicy.AUTH_KEY_BYTES);
    byte[] salt = keyStream(masterKey, masterSalt, use.firstLabel + 2, SrtpPolicy.SALT_BYTES);
    SrtpCipher derived = new SrtpCipher(encryption, authentication, salt);
    for (byte[] used : new byte[][] {secret, encryption, authentication}) {
      Arrays.fill(used, (byte) 0);
    }
    return derived;
  }

  /** The pseudo-random function of 4.3.3: key stream from the salt with the label mixed in. */
  static byte[] keyStream(SecretKeySpec masterKey, byte[] masterSalt, int label, int length) {
    byte[] start = Arrays.copyOf(masterSalt, BLOCK);
    start[7] ^= (byte) label;
    try {
      Cipher prf = Cipher.getInstance("AES/CTR/NoPadding");
      prf.init(Cipher.ENCRYPT_MODE, masterKey, new IvParameterSpec(start));
      return prf.doFinal(new byte[length]);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES", e);
    }
  }

  /**
   * Encrypts or decrypts; both are the same.
   *
   * @param index of the packet: 48 bits of SRTP, 31 bits of SRTCP
   */
  void crypt(int ssrc, long index, byte[] in, int from, int length, byte[] out, int to) {
    System.arraycopy(salt, 0, iv, 0, salt.length);
    iv[14] = 0;
    iv[15] = 0;
    for (int i = 0; i < 4; i++) {
      iv[4 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
    }
    for (int i = 0; i < 6; i++) {
      iv[8 + i] ^= (byte) (index >>> (40 - 8 * i));
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
      cipher.doFinal(in, from, length, out, to);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("a valid key, and room that the caller has checked", e);
    }
  }

  /**
   * Computes the tag over bytes and, for SRTP, the roll-over counter after them.
   *
   * @return the first {@link SrtpPolicy#TAG_BYTES} count; the array is reused
   */
  byte[] tag(byte[] bytes, int from, int length) {
    mac.update(bytes, from, length);
    return finish();
  }

  byte[] tag(byte[] bytes, int from, int length, int rolloverCounter) {
    mac.update(bytes, from, length);
    for (int shift = 24; shift >= 0; shift -= 8) {
      mac.update((byte) (rolloverCounter >>> shift));
    }
    return finish();
  }

  private byte[] finish() {
    try {
      mac.doFinal(digest, 0);
      return digest;
    } catch (ShortBufferException e) {
      throw new AssertionError("SHA-1 has 20 bytes", e);
    }
  }
}
