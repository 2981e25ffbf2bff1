// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.refcam.crypto.Hkdf;
import org.refcam.crypto.SecretBytes;

/**
 * The age file format, version 1 (age-encryption.org/v1), with one X25519 recipient.
 *
 * <pre>
 *   age-encryption.org/v1 LF
 *   -> X25519 SHARE LF                     base64 without padding
 *   FILE KEY, wrapped: 16 bytes + tag LF
 *   --- MAC LF
 *   | nonce 16 | ciphertext 65536 | tag 16 | ... | ciphertext 1..65536 | tag 16 |
 * </pre>
 *
 * <p>The key of the chunks is HKDF-SHA-256 of the file key and the nonce; a chunk's own nonce is
 * its number in 11 bytes and 1 for the last, else 0. File key and nonce are random for each file,
 * so no key seals two files. Stateless.
 */
final class Age {
  static final String SECRET_PREFIX = "age-secret-key-";
  static final String PUBLIC_PREFIX = "age";
  static final int CHUNK = 64 * 1024;
  static final int TAG = 16;
  static final int NONCE = 16;
  static final int FILE_KEY = 16;
  static final String VERSION_LINE = "age-encryption.org/v1";
  private static final String WRAP_INFO = "age-encryption.org/v1/X25519";
  private static final int KEY = 32;
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

  private Age() {}

  /** A one-time identity as age writes it: {@code AGE-SECRET-KEY-1...}. */
  static String newIdentity(SecureRandom random) {
    byte[] secret = new byte[KEY];
    random.nextBytes(secret);
    String text = Bech32.encode(SECRET_PREFIX, secret).toUpperCase(Locale.ROOT);
    Arrays.fill(secret, (byte) 0);
    return text;
  }

  /** The public key of an identity. */
  static byte[] recipientOf(String identity) {
    return publicKey(Bech32.decode(SECRET_PREFIX, identity));
  }

  /**
   * The public key in {@code age1...}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static byte[] parseRecipient(String recipient) {
    byte[] key = Bech32.decode(PUBLIC_PREFIX, recipient);
    if (key.length != KEY) {
      throw new IllegalArgumentException("a recipient has 32 bytes");
    }
    return key;
  }

  /** The header for one recipient's public key, its last line end included. */
  static byte[] header(byte[] recipient, SecretBytes fileKey, SecureRandom random) {
    byte[] ephemeral = new byte[KEY];
    random.nextBytes(ephemeral);
    byte[] share = publicKey(ephemeral);
    byte[] wrapped;
    try (SecretBytes wrap = wrapKey(ephemeral, recipient, share, recipient)) {
      wrapped = chacha(Cipher.ENCRYPT_MODE, wrap, new byte[12], fileKey.exposeSecretBytes());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("sealing 16 bytes under a fresh key", e);
    }
    String text =
        VERSION_LINE
            + "\n-> X25519 "
            + BASE64.encodeToString(share)
            + "\n"
            + BASE64.encodeToString(wrapped)
            + "\n---";
    String mac = BASE64.encodeToString(mac(fileKey, text.getBytes(StandardCharsets.US_ASCII)));
    return (text + " " + mac + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The file key out of a recipient's stanza.
   *
   * @throws GeneralSecurityException if the identity does not open it
   * @throws IllegalArgumentException if the identity or the stanza is none
   */
  static SecretBytes unwrap(String identity, byte[] share, byte[] wrapped)
      throws GeneralSecurityException {
    byte[] secret = Bech32.decode(SECRET_PREFIX, identity);
    if (secret.length != KEY || share.length != KEY || wrapped.length != FILE_KEY + TAG) {
      throw new IllegalArgumentException("lengths of an X25519 stanza");
    }
    try (SecretBytes wrap = wrapKey(secret, share, share, publicKey(secret))) {
      return SecretBytes.copyOf(chacha(Cipher.DECRYPT_MODE, wrap, new byte[12], wrapped));
    }
  }

  static byte[] mac(SecretBytes fileKey, byte[] header) {
    try (SecretBytes key = Hkdf.derive(fileKey, new byte[0], ascii("header"), KEY)) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.exposeSecretBytes(), "HmacSHA256"));
      return mac.doFinal(header);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HMAC-SHA-256", e);
    }
  }

  static SecretBytes payloadKey(SecretBytes fileKey, byte[] nonce) {
    return Hkdf.derive(fileKey, nonce, ascii("payload"), KEY);
  }

  /**
   * Seals or opens one chunk.
   *
   * @throws GeneralSecurityException if it does not open
   */
  static byte[] chunk(int mode, SecretBytes payloadKey, long number, boolean last, byte[] bytes)
      throws GeneralSecurityException {
    // 11 bytes of counter: its upper 3 stay 0, 2^64 chunks are more than a medium holds
    byte[] nonce =
        ByteBuffer.allocate(12).putLong(3, number).put(11, (byte) (last ? 1 : 0)).array();
    return chacha(mode, payloadKey, nonce, bytes);
  }

  private static byte[] publicKey(byte[] secret) {
    byte[] out = new byte[KEY];
    X25519.scalarMultBase(secret, 0, out, 0);
    return out;
  }

  private static SecretBytes wrapKey(byte[] secret, byte[] peer, byte[] share, byte[] recipient) {
    byte[] shared = new byte[KEY];
    if (!X25519.calculateAgreement(secret, 0, peer, 0, shared, 0)) {
      throw new IllegalArgumentException("a share of low order");
    }
    byte[] salt = ByteBuffer.allocate(2 * KEY).put(share).put(recipient).array();
    try (SecretBytes input = SecretBytes.copyOf(shared)) {
      return Hkdf.derive(input, salt, ascii(WRAP_INFO), KEY);
    } finally {
      Arrays.fill(shared, (byte) 0);
    }
  }

  private static byte[] chacha(int mode, SecretBytes key, byte[] nonce, byte[] bytes)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(
        mode, new SecretKeySpec(key.exposeSecretBytes(), "ChaCha20"), new IvParameterSpec(nonce));
    return cipher.doFinal(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
