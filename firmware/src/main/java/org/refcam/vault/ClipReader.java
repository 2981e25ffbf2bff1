// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.refcam.bytes.TruncatedException;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.vault.CorruptSegmentException.Reason;

/**
 * Plays one clip back. Every byte that it hands out was authenticated, in its place.
 *
 * <p>INV-VAULT-5. A segment that was changed, cut short, lengthened, or of which chunks were
 * swapped, dropped, repeated or taken from another clip or place is refused with the reason, and no
 * unauthenticated byte is handed out. Against who can write the medium without the slot's secret.
 * Not noticed: the whole directory put back to an earlier state since the last erasure; and in a
 * clip during which the power failed, fragments at its end that vanished before recovery saw them.
 *
 * <p>Confined to one thread. Holds one fragment in memory.
 */
public final class ClipReader implements AutoCloseable {
  private final KeyTable.Entry entry;
  private final SegmentReader segment;
  private final SegmentSummary summary;
  private final long firstOffset;
  private final int firstSequence;
  private final long end;
  private final boolean growing;
  private final Queue<AccessUnit> ready = new ArrayDeque<>();
  private Optional<IOException> failure = Optional.empty();

  private ClipReader(
      KeyTable.Entry entry,
      SegmentReader segment,
      SegmentSummary summary,
      long end,
      boolean growing) {
    this.entry = entry;
    this.segment = segment;
    this.summary = summary;
    this.firstOffset = segment.offset();
    this.firstSequence = segment.sequence();
    this.end = end;
    this.growing = growing;
  }

  static ClipReader open(Path file, KeyTable.Entry entry, Optional<Recovery.Unended> growing)
      throws IOException {
    SegmentReader segment = SegmentReader.open(file, entry.clip(), entry.key());
    try {
      if (growing.isPresent()) {
        return new ClipReader(entry, segment, growing.get().summary(), growing.get().end(), true);
      }
      SegmentReader.Ending ending = ending(segment, entry);
      return new ClipReader(entry, segment, ending.summary(), ending.offset(), false);
    } catch (IOException e) {
      segment.close();
      throw e;
    }
  }

  private static SegmentReader.Ending ending(SegmentReader segment, KeyTable.Entry entry)
      throws IOException {
    long size = segment.fileSize();
    if (size < entry.bytes()) {
      throw new CorruptSegmentException(entry.clip(), Reason.TRUNCATED, size);
    }
    if (size > entry.bytes()) {
      throw new CorruptSegmentException(entry.clip(), Reason.TRAILING_BYTES, entry.bytes());
    }
    return segment
        .ending()
        .orElseThrow(
            () ->
                new CorruptSegmentException(
                    entry.clip(), Reason.NOT_AUTHENTIC, size - SegmentFormat.TRAILER_BYTES));
  }

  /** The camera that recorded it. */
  public String device() {
    return segment.head().device();
  }

  /** The clip's beginning: stream, anchor of its times, nominal rate. */
  public ClipStart start() {
    return segment.head().start();
  }

  /** Access units in the clip. */
  public int pictures() {
    return summary.pictures();
  }

  /** Where {@link #seek} can go, in order; a second or more apart. */
  public List<Instant> keyFrames() {
    return summary.keyFrames().stream()
        .map(frame -> start().wallTimeOf(new MediaTime(frame.mediaNanos())))
        .toList();
  }

  /**
   * Moves to the last of {@link #keyFrames} at or before a time, or to the first of them, without
   * reading what lies between.
   */
  public void seek(Instant time) throws IOException {
    requireSound();
    long nanos = start().mediaTimeOf(time).nanos();
    KeyFrame target = summary.keyFrames().get(0);
    for (KeyFrame frame : summary.keyFrames()) {
      if (frame.mediaNanos() <= nanos) {
        target = frame;
      }
    }
    ready.clear();
    segment.position(target.offset(), target.sequence());
  }

  /**
   * The next access unit; empty at the end.
   *
   * @throws CorruptSegmentException NOT_AUTHENTIC or BAD_CONTENTS; every later call throws alike
   * @throws ClipGoneException if the clip was erased meanwhile
   */
  public Optional<RecordedUnit> next() throws IOException {
    requireSound();
    if (ready.isEmpty() && !fill()) {
      return Optional.empty();
    }
    AccessUnit unit = ready.remove();
    return Optional.of(new RecordedUnit(unit, start().wallTimeOf(unit.time())));
  }

  private void requireSound() throws IOException {
    if (entry.gone()) {
      ready.clear();
      throw new ClipGoneException(entry.clip());
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Reads one fragment; false at the end. */
  private boolean fill() throws IOException {
    try {
      while (segment.offset() < end) {
        long offset = segment.offset();
        SegmentReader.Chunk chunk = segment.next(end);
        if (chunk.flags() != SegmentFormat.EVENT && chunk.flags() != SegmentFormat.THUMBNAIL) {
          byte[] bytes = SegmentScan.fragment(segment, entry.clip(), chunk, offset, end);
          ready.addAll(parse(bytes, offset));
          return true;
        }
      }
      return false;
    } catch (CorruptSegmentException e) {
      CorruptSegmentException known = SegmentScan.insideOf(e);
      failure = Optional.of(known);
      throw known;
    }
  }

  private List<AccessUnit> parse(byte[] bytes, long offset) throws CorruptSegmentException {
    try {
      return Fragment.parse(bytes);
    } catch (TruncatedException | IllegalArgumentException e) {
      throw new CorruptSegmentException(entry.clip(), Reason.BAD_CONTENTS, offset, e);
    }
  }

  /** The clip's JPEG, if its recorder set one. The place of reading does not change. */
  Optional<byte[]> thumbnail() throws IOException {
    requireSound();
    if (summary.thumbnailOffset() == 0) {
      return Optional.empty();
    }
    long offset = segment.offset();
    int sequence = segment.sequence();
    segment.position(summary.thumbnailOffset(), summary.thumbnailSequence());
    SegmentReader.Chunk chunk = segment.next(end);
    segment.position(offset, sequence);
    if (chunk.flags() != SegmentFormat.THUMBNAIL) {
      throw new CorruptSegmentException(
          entry.clip(), Reason.BAD_CONTENTS, summary.thumbnailOffset());
    }
    return Optional.of(chunk.plaintext());
  }

  /** Authenticates every byte. */
  List<Finding> verify() throws IOException {
    segment.position(firstOffset, firstSequence);
    Optional<CorruptSegmentException> problem =
        growing
            ? SegmentScan.check(segment, entry.clip(), end)
            : SegmentScan.of(segment, entry.clip()).problem();
    return problem.map(p -> new Finding(p.clip(), p.reason(), p.offset())).stream().toList();
  }

  @Override
  public void close() throws IOException {
    segment.close();
  }
}
