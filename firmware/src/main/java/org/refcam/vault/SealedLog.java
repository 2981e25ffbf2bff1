// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.refcam.bytes.ByteWriter;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.Hkdf;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;

/**
 * A sealed file that grows: a snapshot, then one record per change. The key table and the index are
 * kept in one each.
 *
 * <pre>
 *   0      4         5           6       8         40
 *   | RCVL | version | algorithm | 0   0 | salt 32 | chunk 0 | chunk 1 | ...
 *
 *   snapshot   one or more chunks, SNAPSHOT; SNAPSHOT|LAST on the last
 *   record     one chunk each, RECORD
 * </pre>
 *
 * <p>The secret of the chunks is HKDF-SHA-256 of the vault's table key with the salt and the log's
 * name; they are bound to the first 40 bytes. The salt is drawn when the file is made, and only the
 * object that made the file appends to it: who opens an old one to change it writes a new one. So a
 * sequence number whose record may or may not have reached the disk is never used again.
 *
 * <p>Each record is synced before the next is written, so a power cut can spoil the last record
 * only. Confined to the vault's lock.
 */
final class SealedLog implements Closeable {
  static final String MAGIC = "RCVL";
  static final int VERSION = 1;
  static final int HEADER_BYTES = 40;
  static final int SALT_BYTES = 32;
  static final int RECORD = 0x01;
  static final int SNAPSHOT = 0x02;
  static final int LAST = 0x04;

  /** More than any vault's index; keeps a forged length from filling the memory. */
  private static final long LARGEST_FILE = 256L << 20;

  private static final int SALT_OFFSET = 8;

  /** What a log holds. */
  record Contents(byte[] snapshot, List<byte[]> records) {}

  private final AppendFile file;
  private final ChunkCipher cipher;
  private int sequence;
  private boolean broken;

  private SealedLog(AppendFile file, ChunkCipher cipher) {
    this.file = file;
    this.cipher = cipher;
  }

  /**
   * Makes a new log, durable but for its name.
   *
   * @param path replaced if it is there
   */
  static SealedLog create(
      Storage storage,
      Path path,
      SecretBytes key,
      String name,
      byte[] snapshot,
      SecureRandom random)
      throws IOException {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] header = header(salt);
    storage.delete(path);
    SealedLog log = new SealedLog(storage.create(path), cipher(key, name, header));
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(snapshot.length + 1024);
      bytes.writeBytes(header);
      int at = 0;
      do {
        int length = Math.min(ChunkCipher.LARGEST_PLAINTEXT, snapshot.length - at);
        boolean last = at + length == snapshot.length;
        bytes.writeBytes(log.seal(last ? SNAPSHOT | LAST : SNAPSHOT, snapshot, at, length));
        at += length;
      } while (at < snapshot.length);
      log.file.write(bytes.toByteArray());
      log.file.sync();
      return log;
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  /**
   * Reads a log.
   *
   * @param largestRecord plaintext bytes: at most the last record may be spoilt
   * @return empty if there is no such file
   * @throws AuthenticationFailedException if it is another key's, or was changed
   */
  static Optional<Contents> read(Path path, SecretBytes key, String name, int largestRecord)
      throws IOException, AuthenticationFailedException {
    byte[] bytes;
    try {
      if (Files.size(path) > LARGEST_FILE) {
        throw new AuthenticationFailedException(name + " is too long");
      }
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (bytes.length < HEADER_BYTES) {
      throw new AuthenticationFailedException(name + " ends early");
    }
    byte[] header = Arrays.copyOf(bytes, HEADER_BYTES);
    byte[] salt = Arrays.copyOfRange(header, SALT_OFFSET, HEADER_BYTES);
    if (!Arrays.equals(header, header(salt))) {
      throw new AuthenticationFailedException(name + " is not a sealed log");
    }
    return Optional.of(parse(bytes, cipher(key, name, header), name, largestRecord));
  }

  private static Contents parse(byte[] bytes, ChunkCipher cipher, String name, int largestRecord)
      throws AuthenticationFailedException {
    ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    List<byte[]> records = new ArrayList<>();
    boolean inSnapshot = true;
    int sequence = 0;
    int at = HEADER_BYTES;
    while (at < bytes.length) {
      Optional<byte[]> plaintext = Optional.empty();
      int flags = 0;
      if (bytes.length - at >= ChunkCipher.OVERHEAD_BYTES) {
        int header = cipher.header(ChunkCipher.WRITER, sequence, bytes, at);
        flags = ChunkCipher.flags(header);
        plaintext = open(cipher, sequence, header, bytes, at);
      }
      if (plaintext.isEmpty()) {
        if (inSnapshot || bytes.length - at > ChunkCipher.OVERHEAD_BYTES + largestRecord) {
          throw new AuthenticationFailedException(name + " does not authenticate");
        }
        break; // the record that was being written when the power went
      }
      if (inSnapshot ? (flags & SNAPSHOT) == 0 : flags != RECORD) {
        throw new AuthenticationFailedException(name + " is out of order");
      }
      if (inSnapshot) {
        snapshot.writeBytes(plaintext.get());
        inSnapshot = (flags & LAST) == 0;
      } else {
        records.add(plaintext.get());
      }
      at += ChunkCipher.OVERHEAD_BYTES + plaintext.get().length;
      sequence++;
    }
    if (inSnapshot) {
      throw new AuthenticationFailedException(name + " ends early");
    }
    return new Contents(snapshot.toByteArray(), records);
  }

  private static Optional<byte[]> open(
      ChunkCipher cipher, int sequence, int header, byte[] bytes, int at) {
    int length = ChunkCipher.length(header);
    if (length > bytes.length - at - ChunkCipher.OVERHEAD_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          cipher.open(ChunkCipher.WRITER, sequence, header, bytes, at + ChunkCipher.HEADER_BYTES));
    } catch (AuthenticationFailedException e) {
      return Optional.empty(); // the caller decides whether that is a cut or a fault
    }
  }

  /**
   * Appends records, durable one by one.
   *
   * @throws IOException if the disk fails: this log is then dead, and another is to be made
   */
  void append(List<byte[]> records) throws IOException {
    for (byte[] record : records) {
      if (broken) {
        throw new IOException("an earlier write of this log failed");
      }
      byte[] sealed = seal(RECORD, record, 0, record.length);
      broken = true;
      file.write(sealed);
      file.sync();
      broken = false;
    }
  }

  private byte[] seal(int flags, byte[] bytes, int offset, int length) {
    byte[] sealed = new byte[length + ChunkCipher.OVERHEAD_BYTES];
    cipher.seal(ChunkCipher.WRITER, sequence++, flags, bytes, offset, length, sealed, 0);
    return sealed;
  }

  private static byte[] header(byte[] salt) {
    return new ByteWriter()
        .raw(MAGIC.getBytes(StandardCharsets.US_ASCII))
        .u8(VERSION)
        .u8(AeadAlgorithm.AES_256_GCM.id())
        .zeros(2)
        .raw(salt)
        .toByteArray();
  }

  private static ChunkCipher cipher(SecretBytes key, String name, byte[] header) {
    byte[] salt = Arrays.copyOfRange(header, SALT_OFFSET, HEADER_BYTES);
    byte[] info = ("refcam " + name + " v1").getBytes(StandardCharsets.US_ASCII);
    try (SecretBytes secret = Hkdf.derive(key, salt, info, SALT_BYTES)) {
      ChunkCipher cipher = new ChunkCipher(AeadAlgorithm.AES_256_GCM, secret);
      cipher.bind(SegmentFormat.binding(header));
      return cipher;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
