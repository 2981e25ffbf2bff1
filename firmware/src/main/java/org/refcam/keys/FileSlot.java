// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.refcam.crypto.Aead;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

/**
 * A key slot as one of two files, {@code NAME.0.slot} and {@code NAME.1.slot}; big endian.
 *
 * <pre>
 *   0      4         5         7          15          17
 *   | RCKS | 1       | stripes | sequence | sealed n  | n * stripes bytes, anti-forensic split |
 *   | magic| version | 16 bit  | 64 bit   | 16 bit    | of the sealed secret                   |
 * </pre>
 *
 * <p>The secret is sealed ({@link Aead}) under a key of the root of trust; associated data are the
 * header's first 15 bytes and the slot's name. An overwritten file has one stripe, discarded blocks
 * have {@value #STRIPES}. The file that authenticates with the higher sequence counts; one without
 * the magic was being destroyed and counts as gone.
 *
 * <p>INV-KEYS-4. After power loss at any step of writing the earlier or the new secret is there,
 * whole; destroying finishes when it is called again; nothing that was destroyed is read. Order:
 * the new file is written beside the old (write, fsync, rename, fsync directory), then the old one
 * is overwritten, discarded and deleted, temporary files too. Guarded by its monitor.
 */
final class FileSlot implements KeySlot {
  static final byte[] MAGIC = "RCKS".getBytes(StandardCharsets.US_ASCII);

  /** Stripes of a slot of discarded blocks. */
  static final int STRIPES = 4000;

  private static final byte VERSION = 1;
  private static final int BOUND_BYTES = 15;
  private static final int HEADER_BYTES = 17;
  private static final int SEALED_MOST = MOST_BYTES + Aead.OVERHEAD_BYTES;

  private final Path directory;
  private final String name;
  private final AssuranceLevel level;
  private final SecretBytes sealingKey;
  private final FileWrites writes;
  private final Erasure erasure;
  private final SecureRandom random;

  FileSlot(
      Path directory,
      String name,
      AssuranceLevel level,
      SecretBytes sealingKey,
      FileWrites writes,
      Erasure erasure,
      SecureRandom random) {
    this.directory = directory;
    this.name = name;
    this.level = level;
    this.sealingKey = sealingKey;
    this.writes = writes;
    this.erasure = erasure;
    this.random = random;
  }

  private record Found(int file, long sequence, SecretBytes secret) {}

  /**
   * @throws CorruptStoreException NOT_AUTHENTIC if a file is there that this root did not seal
   */
  @Override
  public synchronized Optional<SecretBytes> read() throws IOException {
    Optional<Found> found = newest();
    if (found.isPresent()) {
      destroy(path(1 - found.get().file())); // what an interrupted write left
    }
    return found.map(Found::secret);
  }

  @Override
  public synchronized void write(SecretBytes secret) throws IOException {
    if (secret.length() < 1 || secret.length() > MOST_BYTES) {
      throw new IllegalArgumentException("a slot holds 1 to 64 bytes, not " + secret.length());
    }
    Optional<Found> old = newest();
    old.ifPresent(found -> found.secret().close());
    int target = old.isPresent() ? 1 - old.get().file() : 0;
    long sequence = old.isPresent() ? old.get().sequence() + 1 : 1;
    // What an interrupted destruction left there is finished first: a rename would only unlink it.
    destroy(path(target));
    byte[] bytes = encode(secret, sequence);
    writes.replace(path(target), bytes);
    Arrays.fill(bytes, (byte) 0);
    destroy(path(1 - target));
  }

  @Override
  public synchronized void destroy() throws IOException {
    destroy(path(0));
    destroy(path(1));
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return level;
  }

  private Optional<Found> newest() throws IOException {
    Optional<Found> zero = read(0);
    Optional<Found> one = read(1);
    if (zero.isPresent() && one.isPresent()) {
      boolean first = zero.get().sequence() > one.get().sequence();
      (first ? one : zero).get().secret().close();
      return first ? zero : one;
    }
    Optional<Found> some = zero.or(() -> one);
    if (some.isEmpty()) {
      for (int file = 0; file < 2; file++) {
        if (hasMagic(file)) {
          throw new CorruptStoreException(CorruptStoreException.Reason.NOT_AUTHENTIC, path(file));
        }
      }
    }
    return some;
  }

  private boolean hasMagic(int file) throws IOException {
    if (!Files.exists(path(file))) {
      return false;
    }
    try (var in = Files.newInputStream(path(file))) {
      return Arrays.equals(MAGIC, in.readNBytes(MAGIC.length));
    }
  }

  private Optional<Found> read(int file) throws IOException {
    if (!hasMagic(file) || Files.size(path(file)) > HEADER_BYTES + (long) SEALED_MOST * STRIPES) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(path(file));
    if (bytes.length < HEADER_BYTES || bytes[4] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, MAGIC.length + 1, HEADER_BYTES - MAGIC.length - 1);
    int stripes = header.getShort();
    long sequence = header.getLong();
    int sealed = header.getShort();
    if (stripes < 1 || sealed < 1 || bytes.length != HEADER_BYTES + sealed * stripes) {
      return Optional.empty();
    }
    byte[] merged =
        AntiForensicSplit.merge(Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length), stripes);
    try {
      byte[] secret = Aead.open(sealingKey, associatedData(bytes), merged);
      SecretBytes opened = SecretBytes.copyOf(secret);
      Arrays.fill(secret, (byte) 0);
      return Optional.of(new Found(file, sequence, opened));
    } catch (AuthenticationFailedException e) {
      return Optional.empty(); // the caller says so unless the other file authenticates
    }
  }

  private byte[] encode(SecretBytes secret, long sequence) {
    int stripes = level == AssuranceLevel.DISCARDED_BLOCKS ? STRIPES : 1;
    int sealed = secret.length() + Aead.OVERHEAD_BYTES;
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + sealed * stripes);
    out.put(MAGIC)
        .put(VERSION)
        .putShort((short) stripes)
        .putLong(sequence)
        .putShort((short) sealed);
    byte[] raw = secret.exposeSecretBytes();
    out.put(
        AntiForensicSplit.split(
            Aead.seal(sealingKey, associatedData(out.array()), raw, random), stripes, random));
    Arrays.fill(raw, (byte) 0);
    return out.array();
  }

  private byte[] associatedData(byte[] file) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] bound = Arrays.copyOf(file, BOUND_BYTES + nameBytes.length);
    System.arraycopy(nameBytes, 0, bound, BOUND_BYTES, nameBytes.length);
    return bound;
  }

  private void destroy(Path file) throws IOException {
    boolean any = false;
    for (Path doomed : new Path[] {file, file.resolveSibling(file.getFileName() + ".tmp")}) {
      if (Files.exists(doomed)) {
        any = true;
        erasure.overwrite(doomed);
        if (level == AssuranceLevel.DISCARDED_BLOCKS) {
          erasure.discard(doomed);
        }
        writes.delete(doomed);
      }
    }
    if (any) {
      writes.syncDirectory(directory);
    }
  }

  private Path path(int file) {
    return directory.resolve(name + "." + file + ".slot");
  }
}
