// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.refcam.bytes.ByteWriter;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;

/**
 * One chain being written. A full file is followed by a new one; of too many the oldest goes.
 *
 * <p>Order of steps, so that power may fail between any two: append and fsync the record (a new
 * file with its first record in one append, then fsync the directory); write the head. When the
 * oldest file goes: append the record that says so, write the head that allows it to be missing,
 * delete, fsync the directory. What an interrupted append left behind the head is cut off at the
 * next start. Guarded by the log's lock.
 */
final class AuditChain {
  /**
   * Room on disk.
   *
   * @param segmentBytes after which a new file is begun
   * @param segments kept, 2 or more
   */
  record Room(int segmentBytes, int segments) {}

  /** What a failed append may have left: bytes behind a size, or a whole file. */
  private record Torn(Path file, boolean begun, long size) {}

  private final Path directory;
  private final ChainName name;
  private final SecretBytes key;
  private final Storage disk;
  private final SecureRandom random;
  private final Room room;
  private final Deque<Long> numbers;
  private Optional<SegmentFile.Header> current;
  private long currentBytes;
  private long firstKept;
  private long last;
  private ChainHash hash;
  private long unsigned;
  private Optional<Torn> torn = Optional.empty();

  private AuditChain(
      Path directory,
      ChainName name,
      SecretBytes key,
      Storage disk,
      SecureRandom random,
      Room room,
      ChainCheck.Result found,
      AuditHead.End end) {
    this.directory = directory;
    this.name = name;
    this.key = key;
    this.disk = disk;
    this.random = random;
    this.room = room;
    this.numbers = new ArrayDeque<>(found.numbers());
    this.current = found.newest();
    this.currentBytes = found.soundBytes();
    this.firstKept = end.firstKept();
    this.last = found.last();
    this.hash = found.hash();
    this.unsigned = found.unsigned();
  }

  /**
   * Goes on where the found chain ends: behind its last record, or, if its end is damaged, in a new
   * file behind all that was ever noted. Damaged files stay as they are.
   */
  static AuditChain resume(
      Path directory,
      ChainName name,
      SecretBytes key,
      Storage disk,
      SecureRandom random,
      Room room,
      ChainCheck.Result found,
      AuditHead.End end)
      throws IOException {
    AuditChain chain = new AuditChain(directory, name, key, disk, random, room, found, end);
    if (!found.endSound()) {
      chain.current = Optional.empty();
      if (end.last() >= chain.last) {
        chain.last = end.last();
        chain.hash = end.hash();
      }
    } else if (found.torn()) {
      chain.cutTorn(found);
    }
    return chain;
  }

  private void cutTorn(ChainCheck.Result found) throws IOException {
    long number = numbers.getLast();
    Path file = directory.resolve(SegmentFile.fileName(name, number));
    if (found.newest().isPresent() && found.newest().get().number() == number) {
      cut(file, found.soundBytes());
    } else {
      disk.delete(file);
      disk.syncDirectory(directory);
      numbers.removeLast();
      current = Optional.empty(); // the next record starts a file of this number anew
    }
  }

  ChainName name() {
    return name;
  }

  long next() {
    return last + 1;
  }

  long last() {
    return last;
  }

  ChainHash hash() {
    return hash;
  }

  long unsigned() {
    return unsigned;
  }

  AuditHead.End end() {
    return new AuditHead.End(firstKept, last, hash);
  }

  /** Whether the file should be closed by a checkpoint and followed by a new one. */
  boolean full() {
    return current.isPresent() && currentBytes >= room.segmentBytes();
  }

  /** The next record begins a new file. */
  void rotate() {
    current = Optional.empty();
  }

  /** Appends a record durably; the head is the caller's to write. */
  void append(AuditRecord record) throws IOException {
    if (torn.isPresent()) {
      takeBack(torn.get());
    }
    byte[] line = record.encode();
    boolean begin = current.isEmpty();
    long number = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
    SegmentFile.Header header =
        current.orElseGet(() -> new SegmentFile.Header(name, number, next(), hash));
    byte[] bytes = SegmentFile.seal(header, record.sequence(), line, key, random);
    if (begin) {
      bytes = new ByteWriter().raw(header.encode()).raw(bytes).toByteArray();
    }
    Path file = directory.resolve(header.fileName());
    try {
      try (AppendFile out = begin ? disk.create(file) : disk.append(file)) {
        out.write(bytes);
        out.sync();
      }
      if (begin) {
        disk.syncDirectory(directory);
      }
    } catch (IOException e) {
      try {
        takeBack(new Torn(file, begin, currentBytes));
      } catch (IOException again) { // the next append tries that first
        e.addSuppressed(again);
      }
      throw e;
    }
    if (begin) {
      numbers.addLast(header.number());
      current = Optional.of(header);
      currentBytes = 0;
    }
    currentBytes += bytes.length;
    last = record.sequence();
    hash = hash.after(line);
    unsigned = record.event().type() == EventType.CHECKPOINT ? 0 : unsigned + 1;
  }

  private void cut(Path file, long size) throws IOException {
    try (AppendFile out = disk.append(file)) {
      out.truncate(size);
      out.sync();
    }
  }

  /** A disk that took half a record must not get the next one behind it. */
  private void takeBack(Torn half) throws IOException {
    torn = Optional.of(half);
    if (half.begun()) {
      disk.delete(half.file());
    } else {
      cut(half.file(), half.size());
    }
    torn = Optional.empty();
  }

  /** Files that are too many, oldest first. */
  List<Long> surplus() {
    List<Long> oldest = new ArrayList<>(numbers);
    return List.copyOf(oldest.subList(0, Math.max(0, oldest.size() - room.segments())));
  }

  /** From now on the head allows all before this sequence to be missing. */
  void keepFrom(long sequence) {
    firstKept = Math.max(firstKept, sequence);
  }

  /** The first sequence of the oldest file behind those. */
  long firstAfter(List<Long> leaving) throws IOException {
    List<Long> kept = new ArrayList<>(numbers);
    kept.removeAll(leaving);
    long first = kept.get(0);
    if (current.isPresent() && current.get().number() == first) {
      return current.get().firstSequence();
    }
    try {
      Path file = directory.resolve(SegmentFile.fileName(name, first));
      return SegmentFile.read(file, name, first, key, ChainCheck.MOST_SEGMENT_BYTES)
          .header()
          .firstSequence();
    } catch (AuditFaultException e) {
      return firstKept; // a damaged file does not move the mark
    }
  }

  void delete(List<Long> leaving) throws IOException {
    for (long number : leaving) {
      disk.delete(directory.resolve(SegmentFile.fileName(name, number)));
      numbers.remove(number);
    }
    disk.syncDirectory(directory);
  }
}
