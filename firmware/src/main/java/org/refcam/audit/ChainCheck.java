// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.refcam.audit.AuditFaultException.Reason;
import org.refcam.audit.SegmentFile.Contents;
import org.refcam.audit.SegmentFile.Entry;
import org.refcam.crypto.SecretBytes;

/**
 * Walks one chain's files from the oldest to the newest and says what is not as it was written. A
 * fault does not hide what comes after it: records that authenticate are still handed on. Confined
 * to one thread, for one walk.
 */
final class ChainCheck {
  /** No camera writes a longer file. */
  static final long MOST_SEGMENT_BYTES = 1 << 20;

  /**
   * What a walk found.
   *
   * @param numbers of the files, oldest first
   * @param oldest header of the oldest file that has a sound one
   * @param newest header of the newest file, if it has a sound one
   * @param soundBytes of the newest file; what follows is what power loss left
   * @param torn whether something follows
   * @param endSound whether the newest file can be written on
   * @param last sequence of the newest record, or 0
   * @param hash of the chain up to it
   * @param unsigned records since the last checkpoint
   */
  record Result(
      List<Long> numbers,
      Optional<SegmentFile.Header> oldest,
      Optional<SegmentFile.Header> newest,
      long soundBytes,
      boolean torn,
      boolean endSound,
      long last,
      ChainHash hash,
      long unsigned,
      List<AuditFault> faults) {}

  private final ChainName chain;
  private final AuditHead.End end;
  private final Optional<PublicKey> device;
  private final BiConsumer<AuditRecord, byte[]> sink;
  private final List<AuditFault> faults = new ArrayList<>();
  private Optional<SegmentFile.Header> oldest = Optional.empty();
  private Optional<SegmentFile.Header> newest = Optional.empty();
  private long soundBytes;
  private boolean torn;
  private boolean endBroken;
  private long expected;
  private ChainHash hash = ChainHash.START;
  private boolean hashKnown = true;
  private long unsigned;

  private ChainCheck(
      ChainName chain,
      AuditHead.End end,
      Optional<PublicKey> device,
      BiConsumer<AuditRecord, byte[]> sink) {
    this.chain = chain;
    this.end = end;
    this.device = device;
    this.sink = sink;
  }

  /**
   * Walks the chain.
   *
   * @param end where the camera noted that it ends
   * @param device checks signatures; without it they are not checked
   * @param sink takes every record that can be read with its line, oldest first
   */
  static Result walk(
      Path directory,
      ChainName chain,
      SecretBytes key,
      AuditHead.End end,
      Optional<PublicKey> device,
      BiConsumer<AuditRecord, byte[]> sink)
      throws IOException {
    ChainCheck walk = new ChainCheck(chain, end, device, sink);
    List<Long> numbers = numbers(directory, chain);
    for (int i = 0; i < numbers.size(); i++) {
      long number = numbers.get(i);
      if (i > 0 && number != numbers.get(i - 1) + 1) {
        walk.fault(SegmentFile.fileName(chain, numbers.get(i - 1) + 1), Reason.SEGMENT_MISSING);
        walk.expected = 0;
        walk.hashKnown = false;
      }
      walk.segment(directory, number, key, i == numbers.size() - 1);
    }
    return walk.finish(numbers);
  }

  /** Numbers of the chain's files, ascending. */
  static List<Long> numbers(Path directory, ChainName chain) throws IOException {
    Pattern name = Pattern.compile(chain.word() + "-(\\d{8,10})\\.log");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> name.matcher(String.valueOf(file.getFileName())))
          .filter(Matcher::matches)
          .map(matcher -> Long.parseLong(matcher.group(1)))
          .sorted()
          .toList();
    }
  }

  private void segment(Path directory, long number, SecretBytes key, boolean isNewest)
      throws IOException {
    String name = SegmentFile.fileName(chain, number);
    Contents contents;
    try {
      contents = SegmentFile.read(directory.resolve(name), chain, number, key, MOST_SEGMENT_BYTES);
    } catch (AuditFaultException e) {
      if (isNewest && Math.max(1, expected) > end.last()) {
        torn = true; // its creation was interrupted, nothing that it held was noted
        soundBytes = 0;
        newest = Optional.empty();
      } else {
        fault(name, e.reason());
        expected = 0;
        hashKnown = false;
      }
      return;
    }
    joint(contents.header());
    contents.entries().forEach(entry -> entry(contents, entry));
    damage(contents, isNewest);
    newest = Optional.of(contents.header());
    oldest = oldest.or(() -> newest);
    soundBytes = contents.soundBytes();
  }

  /** Whether a file goes on where the one before ended. */
  private void joint(SegmentFile.Header header) {
    long first = header.firstSequence();
    if (newest.isEmpty() && expected == 0 && faults.isEmpty()) {
      if (first > end.firstKept()) {
        expected = end.firstKept();
        fault(header.fileName(), Reason.SEGMENT_MISSING);
      }
    } else if (expected > 0 && first != expected) {
      fault(header.fileName(), first > expected ? Reason.TRUNCATED : Reason.OUT_OF_ORDER);
    } else if (expected > 0 && hashKnown && !header.before().equals(hash)) {
      fault(header.fileName(), Reason.CHAIN_BROKEN);
    }
    hash = header.before();
    hashKnown = true;
    expected = first;
  }

  private void entry(Contents contents, Entry entry) {
    String name = contents.header().fileName();
    if (entry.sequence() != expected) {
      hashKnown = false; // a damaged one was left out
      expected = entry.sequence();
    }
    try {
      AuditRecord record = AuditRecord.parse(entry.line());
      if (record.chain() != chain || record.sequence() != entry.sequence()) {
        fault(name, Reason.OUT_OF_ORDER);
      }
      checkpoint(name, record);
      sink.accept(record, entry.line());
    } catch (AuditFaultException e) {
      fault(name, e.reason());
    }
    hash = hash.after(entry.line());
    if (entry.sequence() == end.last() && hashKnown && !hash.equals(end.hash())) {
      fault(name, Reason.CHAIN_BROKEN);
      endBroken = true;
    }
    expected = entry.sequence() + 1;
  }

  private void checkpoint(String name, AuditRecord record) {
    unsigned++;
    if (record.event().type() == EventType.CHECKPOINT) {
      unsigned = 0;
      if (hashKnown && device.isPresent() && !Checkpoint.isGenuine(record, hash, device.get())) {
        fault(name, Reason.WRONG_SIGNATURE);
      }
    }
  }

  private void damage(Contents contents, boolean isNewest) {
    if (contents.damage().isEmpty()) {
      return;
    }
    boolean last = expected <= contents.damagedSequence();
    if (isNewest && last && contents.damagedSequence() > end.last()) {
      torn = true;
    } else {
      faults.add(
          new AuditFault(
              contents.header().fileName(), contents.damagedSequence(), contents.damage().get()));
      hashKnown = false;
      expected = Math.max(expected, contents.damagedSequence());
    }
  }

  private void fault(String where, Reason reason) {
    faults.add(new AuditFault(where, expected, reason));
  }

  private Result finish(List<Long> numbers) {
    long last = Math.max(0, expected - 1);
    if (last < end.last()) {
      faults.add(new AuditFault(chain.word(), last + 1, Reason.TRUNCATED));
    }
    boolean writable =
        torn || numbers.isEmpty() || newest.isPresent() && newest.get().number() == lastOf(numbers);
    boolean endSound = writable && hashKnown && !endBroken && last >= end.last();
    return new Result(
        numbers,
        oldest,
        newest,
        soundBytes,
        torn,
        endSound,
        last,
        hash,
        unsigned,
        List.copyOf(faults));
  }

  private static long lastOf(List<Long> numbers) {
    return numbers.get(numbers.size() - 1);
  }
}
