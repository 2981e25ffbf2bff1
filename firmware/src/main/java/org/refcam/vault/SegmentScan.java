// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.refcam.bytes.TruncatedException;
import org.refcam.media.AccessUnit;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;
import org.refcam.vault.CorruptSegmentException.Reason;

/**
 * One reading of a segment from its first chunk on, as far as it is whole: the work of recovery and
 * of the checker.
 *
 * <p>INV-VAULT-2. After power loss at any step a clip holds every fragment that was synced, and
 * ends with a whole one; recovery stopped at any step and begun again comes to the same bytes.
 * Against power loss, a full and a failing disk. Not promised on a disk that reports a sync that it
 * did not do.
 *
 * @param progress of everything before {@code offset}
 * @param offset behind the last whole fragment, event or thumbnail
 * @param sequence of the chunk that would follow
 * @param problem what lies at {@code offset}; empty if it is the final chunk, and nothing follows
 */
record SegmentScan(
    SegmentProgress progress,
    long offset,
    int sequence,
    Optional<CorruptSegmentException> problem) {

  /** Reads a segment that ended or should have, from the chunk after the head. */
  static SegmentScan of(SegmentReader reader, ClipId clip) throws IOException {
    SegmentProgress progress = new SegmentProgress();
    Optional<SegmentReader.Ending> ending = reader.ending();
    long end = ending.isPresent() ? ending.get().offset() : reader.fileSize();
    long whole = reader.offset();
    int sequence = reader.sequence();
    Optional<CorruptSegmentException> problem = Optional.empty();
    try {
      while (ending.isEmpty() || reader.offset() < end) {
        step(reader, clip, end, progress);
        whole = reader.offset();
        sequence = reader.sequence();
      }
      checkEnding(clip, ending.orElseThrow(), progress, sequence);
    } catch (CorruptSegmentException e) {
      problem = Optional.of(ending.isPresent() ? insideOf(e) : e);
    }
    return new SegmentScan(progress, whole, sequence, problem);
  }

  /** Reads a segment that is being written, up to where it is durable. */
  static Optional<CorruptSegmentException> check(SegmentReader reader, ClipId clip, long end)
      throws IOException {
    try {
      while (reader.offset() < end) {
        step(reader, clip, end, new SegmentProgress());
      }
      return Optional.empty();
    } catch (CorruptSegmentException e) {
      return Optional.of(insideOf(e));
    }
  }

  /** A chunk that seems to reach over a final chunk that is there has a changed length. */
  static CorruptSegmentException insideOf(CorruptSegmentException e) {
    return e.reason() == Reason.TRUNCATED
        ? new CorruptSegmentException(e.clip(), Reason.NOT_AUTHENTIC, e.offset(), e)
        : e;
  }

  private static void checkEnding(
      ClipId clip, SegmentReader.Ending ending, SegmentProgress progress, int sequence)
      throws CorruptSegmentException {
    if (ending.sequence() != sequence) {
      throw new CorruptSegmentException(clip, Reason.NOT_AUTHENTIC, ending.offset());
    }
    if (!ending.summary().equals(progress.summary())) {
      throw new CorruptSegmentException(clip, Reason.BAD_CONTENTS, ending.offset());
    }
  }

  /** One event, one thumbnail or one whole fragment. */
  private static void step(SegmentReader reader, ClipId clip, long end, SegmentProgress progress)
      throws IOException {
    long offset = reader.offset();
    int sequence = reader.sequence();
    SegmentReader.Chunk chunk = reader.next(end);
    try {
      if (chunk.flags() == SegmentFormat.EVENT) {
        progress.event(SegmentSummary.parseEvent(chunk.plaintext()));
      } else if (chunk.flags() == SegmentFormat.THUMBNAIL) {
        progress.thumbnail(offset, sequence);
      } else {
        List<AccessUnit> units = Fragment.parse(fragment(reader, clip, chunk, offset, end));
        units.forEach(unit -> progress.picture(unit.time().nanos()));
        if (chunk.is(SegmentFormat.KEY)) {
          progress.keyFrame(new KeyFrame(units.get(0).time().nanos(), offset, sequence));
        }
      }
    } catch (TruncatedException | IllegalArgumentException e) {
      throw new CorruptSegmentException(clip, Reason.BAD_CONTENTS, offset, e);
    }
  }

  /** The plaintext of a fragment whose first chunk was read. */
  static byte[] fragment(
      SegmentReader reader, ClipId clip, SegmentReader.Chunk first, long offset, long end)
      throws IOException {
    int known = SegmentFormat.START | SegmentFormat.KEY | SegmentFormat.END;
    if (!first.is(SegmentFormat.START) || (first.flags() & ~known) != 0) {
      throw new CorruptSegmentException(clip, Reason.BAD_CONTENTS, offset);
    }
    if (first.is(SegmentFormat.END)) {
      return first.plaintext();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * first.plaintext().length);
    bytes.writeBytes(first.plaintext());
    SegmentReader.Chunk chunk = first;
    while (!chunk.is(SegmentFormat.END)) {
      chunk = reader.next(end);
      if ((chunk.flags() & ~SegmentFormat.END) != 0
          || bytes.size() + chunk.plaintext().length > SegmentFormat.LARGEST_FRAGMENT) {
        throw new CorruptSegmentException(clip, Reason.BAD_CONTENTS, offset);
      }
      bytes.writeBytes(chunk.plaintext());
    }
    return bytes.toByteArray();
  }

  /**
   * Cuts off what is not whole and writes the final chunk. Stopped anywhere, it can be repeated.
   */
  void end(Storage storage, Path file, ChunkCipher cipher) throws IOException {
    byte[] ending = SegmentWriter.recoveredEnding(cipher, sequence, progress.summary());
    try (AppendFile appended = storage.append(file)) {
      appended.truncate(offset);
      appended.write(ending);
      appended.sync();
    }
  }
}
