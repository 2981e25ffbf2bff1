// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import org.refcam.crypto.SecretBytes;

/**
 * Bytes sealed for whoever holds a one-time key, as an age file ({@link Age}). Its chunks are
 * sealed anew whenever they are asked for, always to the same bytes, so a download can resume.
 *
 * <p>INV-REC-5. A bundle tells whoever lacks its key nothing but its length, and one of which a
 * byte was changed, cut or added is not opened as whole. The camera keeps the key in memory only,
 * and only as long as the export. Does not hold against who gets the key together with the file.
 *
 * <p>Immutable.
 */
public final class SealedBundle implements ByteSource {
  private final ByteSource plain;
  private final byte[] head;
  private final SecretBytes payloadKey;
  private final long chunks;

  private SealedBundle(ByteSource plain, byte[] head, SecretBytes payloadKey) {
    this.plain = plain;
    this.head = head;
    this.payloadKey = payloadKey;
    chunks = Math.max(1, (plain.length() + Age.CHUNK - 1) / Age.CHUNK);
  }

  /** A one-time key; the camera forgets it once it was shown. */
  public static String newKey(SecureRandom random) {
    return Age.newIdentity(random);
  }

  /**
   * @param key from {@link #newKey}
   */
  public static SealedBundle of(ByteSource plain, String key, SecureRandom random) {
    return seal(plain, Age.recipientOf(key), random);
  }

  /**
   * Seals for the holder of a key that the camera does not have.
   *
   * @param recipient {@code age1...}
   * @throws IllegalArgumentException if it is no recipient
   */
  public static SealedBundle forRecipient(ByteSource plain, String recipient, SecureRandom random) {
    return seal(plain, Age.parseRecipient(recipient), random);
  }

  private static SealedBundle seal(ByteSource plain, byte[] recipient, SecureRandom random) {
    byte[] nonce = new byte[Age.NONCE];
    random.nextBytes(nonce);
    try (SecretBytes fileKey = SecretBytes.random(Age.FILE_KEY, random)) {
      byte[] header = Age.header(recipient, fileKey, random);
      byte[] head = new byte[header.length + nonce.length];
      System.arraycopy(header, 0, head, 0, header.length);
      System.arraycopy(nonce, 0, head, header.length, nonce.length);
      return new SealedBundle(plain, head, Age.payloadKey(fileKey, nonce));
    }
  }

  @Override
  public long length() {
    return head.length + plain.length() + chunks * Age.TAG;
  }

  @Override
  public void write(OutputStream out, long from, long to) throws IOException {
    int sealed = Age.CHUNK + Age.TAG;
    long chunk = Math.max(0, from - head.length) / sealed;
    WindowOutput window =
        new WindowOutput(out, from < head.length ? 0 : head.length + chunk * sealed, from, to);
    if (window.position() == 0) {
      window.write(head);
    }
    Sealing sealing = new Sealing(window, chunk);
    long begin = chunk * Age.CHUNK;
    long wanted = Math.max(0, (to - head.length + sealed - 1) / sealed) * Age.CHUNK;
    plain.write(sealing, begin, Math.min(plain.length(), wanted));
    sealing.finish();
  }

  /** Cuts what is written into chunks and seals each. Confined to one thread. */
  private final class Sealing extends OutputStream {
    private final OutputStream out;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(Age.CHUNK);
    private long number;

    private Sealing(OutputStream out, long number) {
      this.out = out;
      this.number = number;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int at = offset;
      int left = length;
      while (left > 0) {
        int taken = Math.min(left, Age.CHUNK - waiting.size());
        waiting.write(bytes, at, taken);
        at += taken;
        left -= taken;
        if (waiting.size() == Age.CHUNK) {
          seal();
        }
      }
    }

    private void finish() throws IOException {
      if (waiting.size() > 0 || (number == 0 && plain.length() == 0)) {
        seal();
      }
    }

    private void seal() throws IOException {
      try {
        boolean last = number == chunks - 1;
        out.write(Age.chunk(Cipher.ENCRYPT_MODE, payloadKey, number, last, waiting.toByteArray()));
      } catch (GeneralSecurityException e) {
        throw new AssertionError("sealing a chunk of at most 64 KiB", e);
      }
      waiting.reset();
      number++;
    }
  }
}
