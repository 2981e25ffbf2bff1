// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.KeyedAead;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.KeySlot;
import org.refcam.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Key table and index, in memory and on disk, and the table key that seals both.
 *
 * <p>INV-VAULT-3. Erasing a clip destroys its key: afterwards nothing on the medium, old copies of
 * the key table and the index included, opens its segment or tells its times. Against who has the
 * medium and everything that the camera still knows. As good as the slot's promise about the secret
 * that it replaced; not against who read the keys from the camera's memory before.
 *
 * <p>The order, with the power failing between any two steps: write {@code keys.next} and {@code
 * index.next}, without the erased clips, under a new table key; sync both and the directory; write
 * the new key into the slot, which destroys the old one; rename both; sync the directory; delete
 * the segments. Before the slot is written {@code keys} opens with the slot's key and nothing is
 * erased, after it {@code keys.next} does and everything is. Any number of clips is one such round.
 *
 * <p>Confined to the vault's lock.
 */
final class Ledger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);

  private final Path directory;
  private final KeySlot slot;
  private final Storage storage;
  private final SecureRandom random;
  private final LogFile keysFile;
  private final LogFile indexFile;
  private final KeyTable table;
  private final Index index;
  private SecretBytes tableKey;
  private boolean parentSynced;
  private boolean slotInDoubt;

  private Ledger(
      Path directory,
      KeySlot slot,
      Storage storage,
      SecureRandom random,
      LogFile keysFile,
      LogFile indexFile,
      SecretBytes tableKey)
      throws IOException {
    this.directory = directory;
    this.slot = slot;
    this.storage = storage;
    this.random = random;
    this.keysFile = keysFile;
    this.indexFile = indexFile;
    this.tableKey = tableKey;
    this.table = readTable();
    this.index = readIndex();
  }

  /**
   * Reads both, or begins them in a directory that holds no recording.
   *
   * @throws CorruptVaultException each reason
   */
  static Ledger open(Path directory, KeySlot slot, Storage storage, SecureRandom random)
      throws IOException {
    storage.makeDirectory(directory);
    LogFile keys = new LogFile(directory, KeyTable.NAME, KeyTable.RECORD_BYTES, storage, random);
    LogFile index = new LogFile(directory, Index.NAME, Index.LARGEST_RECORD, storage, random);
    boolean segments = !segments(directory).isEmpty();
    Optional<SecretBytes> secret = slot.read();
    if (secret.isEmpty() && (segments || keys.exists())) {
      throw new CorruptVaultException(CorruptVaultException.Reason.KEY_MISSING);
    }
    if (secret.isPresent() && segments && !keys.exists()) {
      throw new CorruptVaultException(CorruptVaultException.Reason.TABLE_MISSING);
    }
    SecretBytes key = secret.isPresent() ? secret.get() : newTableKey(slot, random);
    return new Ledger(directory, slot, storage, random, keys, index, key);
  }

  private static SecretBytes newTableKey(KeySlot slot, SecureRandom random) throws IOException {
    SecretBytes key = SecretBytes.random(KeyedAead.KEY_BYTES, random);
    slot.write(key);
    return key;
  }

  /** The segments in a directory: file name to bytes. */
  static Map<String, Long> segments(Path directory) throws IOException {
    Map<String, Long> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (ClipId.isClipId(name)) {
          found.put(name, Files.size(file));
        }
      }
    }
    return found;
  }

  private KeyTable readTable() throws IOException {
    try {
      Optional<SealedLog.Contents> contents = keysFile.read(tableKey);
      return contents.isPresent() ? KeyTable.parse(contents.get()) : new KeyTable();
    } catch (AuthenticationFailedException e) {
      if (!keysFile.named() && segments(directory).isEmpty()) {
        return new KeyTable(); // the power failed while the first table was written
      }
      throw new CorruptVaultException(CorruptVaultException.Reason.TABLE_NOT_AUTHENTIC, e);
    } catch (TruncatedException | IllegalArgumentException e) {
      throw new CorruptVaultException(CorruptVaultException.Reason.BAD_CONTENTS, e);
    }
  }

  /** The index, or an empty one that recovery fills: it holds nothing that segments do not. */
  private Index readIndex() throws IOException {
    try {
      Optional<SealedLog.Contents> contents = indexFile.read(tableKey);
      if (contents.isEmpty()) {
        return Index.empty();
      }
      Index read = Index.of(contents.get().snapshot());
      for (byte[] record : contents.get().records()) {
        read.apply(record);
      }
      return read;
    } catch (AuthenticationFailedException
        | TruncatedException
        | IllegalArgumentException
        | IllegalStateException e) {
      log.warn("the index is made again from the segments: {}", e.getMessage());
      log.debug("unusable index", e);
      return Index.empty();
    }
  }

  KeyTable table() {
    return table;
  }

  Index index() {
    return index;
  }

  Path file(ClipId clip) {
    return directory.resolve(clip.toString());
  }

  /** Brings both files to where records can be appended; the first call writes them anew. */
  void ready() throws IOException {
    settle();
    boolean keys = !keysFile.appendable();
    boolean rows = !indexFile.appendable();
    if (keys) {
      keysFile.adopt(keysFile.prepare(tableKey, table.snapshotWithout(Set.of())));
    }
    if (rows) {
      indexFile.adopt(indexFile.prepare(tableKey, index.snapshot()));
    }
    settle();
  }

  /** Gives names to what counts but does not have them yet, and syncs. */
  private void settle() throws IOException {
    if (slotInDoubt) {
      throw new IOException("the key slot failed; open the vault again");
    }
    if (!parentSynced) {
      storage.syncDirectory(Storage.parent(directory));
      parentSynced = true;
    }
    if (keysFile.published() && indexFile.published()) {
      return;
    }
    keysFile.publish();
    indexFile.publish();
    storage.syncDirectory(directory);
    keysFile.done();
    indexFile.done();
  }

  /** Makes a record of the key table durable. */
  void appendKey(byte[] record) throws IOException {
    keysFile.append(List.of(record));
  }

  /** Makes a record of the index durable. */
  void appendIndex(byte[] record) throws IOException {
    indexFile.append(List.of(record));
  }

  /**
   * Destroys the keys of clips.
   *
   * @throws IOException if the disk or the slot fails; then nothing is erased
   */
  void erase(Set<ClipId> clips) throws IOException {
    settle();
    SecretBytes next = SecretBytes.random(KeyedAead.KEY_BYTES, random);
    SealedLog keys = keysFile.prepare(next, table.snapshotWithout(clips));
    SealedLog rows;
    try {
      rows = indexFile.prepare(next, index.snapshotWithout(clips));
    } catch (IOException e) {
      keys.close();
      throw e;
    }
    try {
      storage.syncDirectory(directory);
      writeSlot(next);
    } catch (IOException e) {
      keys.close();
      rows.close();
      throw e;
    }
    tableKey.close();
    tableKey = next;
    keysFile.adopt(keys);
    indexFile.adopt(rows);
    table.remove(clips);
    index.delete(clips);
    try {
      settle();
    } catch (IOException e) {
      log.warn("erased; the new key table gets its name later: {}", e.getMessage());
    }
  }

  private void writeSlot(SecretBytes next) throws IOException {
    try {
      slot.write(next);
    } catch (IOException e) {
      slotInDoubt = true; // unless the slot can say what it holds
      Optional<SecretBytes> held = slot.read();
      boolean written = held.isPresent() && held.get().sameAs(next);
      boolean kept = held.isPresent() && held.get().sameAs(tableKey);
      slotInDoubt = !written && !kept;
      if (!written) {
        throw e;
      }
      log.warn("the key slot took the new key, and then failed: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    keysFile.drop();
    indexFile.drop();
    table.remove(table.all().stream().map(KeyTable.Entry::clip).toList());
    index.close();
    tableKey.close();
  }
}
