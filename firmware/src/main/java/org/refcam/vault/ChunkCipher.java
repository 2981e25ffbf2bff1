// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.Hkdf;
import org.refcam.crypto.KeyedAead;
import org.refcam.crypto.SecretBytes;

/**
 * Seals and opens the chunks of one file under that file's own secret.
 *
 * <pre>
 *   0               4              4+n      20+n
 *   | header, masked | ciphertext n | tag 16 |      big endian
 *   header: flags 8 bits, n 24 bits (0 to 65,536)
 *
 *   nonce            | domain u32 | sequence u64 |
 *   associated data  | binding 32 | header 4, not masked |
 *   mask of header   bytes 4*(sequence mod 256) and on of AES-256-CTR over 1,024 zeros,
 *                    first counter block | domain u32 | sequence/256 u32 | 0 u64 |
 * </pre>
 *
 * <p>The binding is a hash of what the file is, so that a chunk opens only in its place of its
 * file. The mask hides the lengths, which would tell a reader of the medium how much moved in each
 * second. Keys of content and mask are derived from the secret and independent of each other.
 *
 * <p>INV-VAULT-1. No nonce seals two plaintexts under one key. Holds through power loss, failing
 * disks and reopening, against everyone: each file has its own random secret, its sequence only
 * grows, a file is never appended to by a second process, and the second domain, which recovery
 * uses, seals only what follows from the chunks before it. Does not hold if the medium's owner
 * restores the random generator's state.
 *
 * <p>Confined to one thread.
 */
final class ChunkCipher {
  /** Most plaintext bytes of a chunk. */
  static final int LARGEST_PLAINTEXT = 65_536;

  static final int HEADER_BYTES = 4;

  /** Bytes by which a chunk is longer than its plaintext. */
  static final int OVERHEAD_BYTES = HEADER_BYTES + KeyedAead.TAG_BYTES;

  /** The domain of who writes a file. */
  static final int WRITER = 0;

  /** The domain of who ends a file that its writer could not end. */
  static final int RECOVERY = 1;

  static final int BINDING_BYTES = 32;
  private static final int KEY_BYTES = KeyedAead.KEY_BYTES;
  private static final int MASKS_AT_ONCE = 256;
  private static final int LENGTH_BITS = 24;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
  private static final byte[] SALT = "refcam chunk v1".getBytes(StandardCharsets.US_ASCII);

  private final KeyedAead aead;
  private final Cipher maskCipher;
  private final SecretKeySpec maskKey;
  private final byte[] associatedData = new byte[BINDING_BYTES + HEADER_BYTES];
  private final byte[] nonce = new byte[KeyedAead.NONCE_BYTES];
  private byte[] masks = new byte[0];
  private long masksOf = -1;

  ChunkCipher(AeadAlgorithm algorithm, SecretBytes secret) {
    try (SecretBytes content = derive(secret, "content");
        SecretBytes mask = derive(secret, "mask")) {
      aead = new KeyedAead(algorithm, content);
      byte[] raw = mask.exposeSecretBytes();
      maskKey = new SecretKeySpec(raw, "AES");
      Arrays.fill(raw, (byte) 0);
      maskCipher = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES in counter mode", e);
    }
  }

  private static SecretBytes derive(SecretBytes secret, String purpose) {
    return Hkdf.derive(secret, SALT, purpose.getBytes(StandardCharsets.US_ASCII), KEY_BYTES);
  }

  /** Binds the chunks that follow to a place: 32 bytes. */
  void bind(byte[] binding) {
    System.arraycopy(binding, 0, associatedData, 0, BINDING_BYTES);
  }

  static int flags(int header) {
    return header >>> LENGTH_BITS;
  }

  /** Plaintext bytes by the header, not yet authenticated: 0 to 2^24-1. */
  static int length(int header) {
    return header & LENGTH_MASK;
  }

  /**
   * Seals one chunk into {@code out}.
   *
   * @return bytes written: length + 20
   */
  int seal(
      int domain,
      long sequence,
      int flags,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    if (length > LARGEST_PLAINTEXT) {
      throw new IllegalArgumentException("a chunk of " + length + " bytes");
    }
    int header = flags << LENGTH_BITS | length;
    put(out, outOffset, header ^ mask(domain, sequence));
    prepare(domain, sequence, header);
    return HEADER_BYTES
        + aead.seal(nonce, associatedData, in, offset, length, out, outOffset + HEADER_BYTES);
  }

  /** The header of the chunk whose bytes begin there; not yet authenticated. */
  int header(int domain, long sequence, byte[] in, int offset) {
    return get(in, offset) ^ mask(domain, sequence);
  }

  /**
   * Opens a chunk.
   *
   * @param in the chunk's ciphertext and tag, from {@code offset}; long enough
   * @throws AuthenticationFailedException unless this chunk was sealed by this secret for this
   *     place
   */
  byte[] open(int domain, long sequence, int header, byte[] in, int offset)
      throws AuthenticationFailedException {
    prepare(domain, sequence, header);
    return aead.open(nonce, associatedData, in, offset, length(header) + KeyedAead.TAG_BYTES);
  }

  private void prepare(int domain, long sequence, int header) {
    put(nonce, 0, domain);
    put(nonce, 4, (int) (sequence >>> 32));
    put(nonce, 8, (int) sequence);
    put(associatedData, BINDING_BYTES, header);
  }

  /** Four bytes of the mask's key stream, as a number. */
  int mask(int domain, long sequence) {
    long block = (long) domain << 32 | sequence / MASKS_AT_ONCE;
    if (block != masksOf) {
      byte[] counter = new byte[16];
      put(counter, 0, domain);
      put(counter, 4, (int) (sequence / MASKS_AT_ONCE));
      try {
        maskCipher.init(Cipher.ENCRYPT_MODE, maskKey, new IvParameterSpec(counter));
        masks = maskCipher.doFinal(new byte[HEADER_BYTES * MASKS_AT_ONCE]);
      } catch (GeneralSecurityException e) {
        throw new AssertionError("counter mode takes any key, counter and length", e);
      }
      masksOf = block;
    }
    return get(masks, HEADER_BYTES * (int) (sequence % MASKS_AT_ONCE));
  }

  static void put(byte[] bytes, int offset, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[offset + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  static int get(byte[] bytes, int offset) {
    return (bytes[offset] & 0xFF) << 24
        | (bytes[offset + 1] & 0xFF) << 16
        | (bytes[offset + 2] & 0xFF) << 8
        | (bytes[offset + 3] & 0xFF);
  }
}
