// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.refcam.crypto.Aead;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * One file of the camera's state, encrypted, authenticated and bound to its name.
 *
 * <pre>
 *   0       4         5          17               17+n      33+n
 *   | RCSF  | 1       | nonce 12 | ciphertext n   | tag 16  |
 *   | magic | version | AES-256-GCM, associated data: magic, version, name in UTF-8
 * </pre>
 *
 * <p>INV-KEYS-1. A sealed file that was changed or swapped for another is refused, never read in
 * part, never made anew. Holds against anyone who can write the medium but lacks the root key. An
 * older genuine version of the same file, put back, is not detected.
 *
 * <p>INV-KEYS-2. After power loss at any step the old or the new contents are there. Guarded by its
 * own monitor.
 */
public final class SealedFile {
  /** The first bytes of a sealed file. */
  static final String MAGIC = "RCSF";

  static final byte VERSION = 1;
  private static final int HEADER_BYTES = 5;
  private static final long MOST_BYTES = 16L << 20;

  private final Path file;
  private final SecretBytes key;
  private final byte[] associatedData;
  private final FileWrites writes;
  private final SecureRandom random;

  /**
   * @param name what the file is, bound into its seal, such as {@code config/accounts}
   */
  public SealedFile(
      Path file, SecretBytes key, String name, FileWrites writes, SecureRandom random) {
    this.file = file;
    this.key = key;
    this.associatedData = concat(header(), name.getBytes(StandardCharsets.UTF_8));
    this.writes = writes;
    this.random = random;
  }

  /** As above on the real disk. */
  public SealedFile(Path file, SecretBytes key, String name) {
    this(file, key, name, FileWrites.disk(), new SecureRandom());
  }

  public Path path() {
    return file;
  }

  /**
   * The contents, or empty if there is no such file.
   *
   * @throws CorruptStoreException NOT_A_STORE if its form is wrong, NOT_AUTHENTIC if its seal is
   */
  public synchronized Optional<byte[]> read() throws IOException {
    byte[] bytes;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new CorruptStoreException(CorruptStoreException.Reason.NOT_A_STORE, file);
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (bytes.length < HEADER_BYTES + Aead.OVERHEAD_BYTES
        || !Arrays.equals(header(), Arrays.copyOf(bytes, HEADER_BYTES))) {
      throw new CorruptStoreException(CorruptStoreException.Reason.NOT_A_STORE, file);
    }
    try {
      return Optional.of(
          Aead.open(key, associatedData, Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length)));
    } catch (AuthenticationFailedException e) {
      throw new CorruptStoreException(CorruptStoreException.Reason.NOT_AUTHENTIC, file, e);
    }
  }

  /** Replaces the contents atomically and durably. */
  public synchronized void write(byte[] contents) throws IOException {
    writes.replace(file, concat(header(), Aead.seal(key, associatedData, contents, random)));
  }

  private static byte[] header() {
    byte[] header = Arrays.copyOf(MAGIC.getBytes(StandardCharsets.US_ASCII), HEADER_BYTES);
    header[HEADER_BYTES - 1] = VERSION;
    return header;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
