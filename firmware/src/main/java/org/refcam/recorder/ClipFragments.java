// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.mp4.InitSegment;
import org.refcam.mp4.RecordedFragment;
import org.refcam.mp4.RecordedFragment.Sample;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipReader;
import org.refcam.vault.RecordedUnit;
import org.refcam.vault.Vault;

/**
 * The pictures of one clip as MP4 fragments, each from an IDR to the next, cut where it would
 * become large. Confined to one thread.
 */
final class ClipFragments implements AutoCloseable {
  private static final int MOST_BYTES = 2 << 20;
  private static final long LONGEST_PICTURE_TICKS = 10L * InitSegment.TIMESCALE;

  /**
   * Some pictures that follow each other.
   *
   * @param start wall time of the first
   * @param idr whether decoding can start here
   */
  record Fragment(Instant start, boolean idr, List<Sample> samples) {
    long ticks() {
      return samples.stream().mapToLong(Sample::ticks).sum();
    }
  }

  private final ClipReader reader;
  private final Instant until;
  private final long nominalTicks;
  private @Nullable RecordedUnit next;

  private ClipFragments(ClipReader reader, Instant from, Instant until) throws IOException {
    this.reader = reader;
    this.until = until;
    var rate = reader.start().frameRate();
    nominalTicks =
        Math.max(1, (long) InitSegment.TIMESCALE * rate.denominator() / rate.numerator());
    reader.seek(from);
    next = reader.next().orElse(null);
  }

  /**
   * Opens a part of a clip. One that is being recorded ends where it ended when the caller looked
   * it up, so that the same part is always the same.
   *
   * @param from the fragments begin with the last IDR at or before it
   * @param until and end before it
   */
  static ClipFragments open(Vault vault, ClipInfo clip, Instant from, Instant until)
      throws IOException {
    Instant end = until.isBefore(clip.end()) ? until : clip.end();
    ClipReader reader = vault.read(clip.id());
    try {
      return new ClipFragments(reader, from, end);
    } catch (IOException | RuntimeException e) {
      try (reader) {
        throw e;
      }
    }
  }

  /** The first picture of what follows; empty when nothing follows. */
  Optional<RecordedUnit> peek() {
    RecordedUnit unit = next;
    return unit == null || !unit.wallTime().isBefore(until) ? Optional.empty() : Optional.of(unit);
  }

  /** The next fragment; empty at the end. */
  Optional<Fragment> next() throws IOException {
    Optional<RecordedUnit> first = peek();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    List<Sample> samples = new ArrayList<>();
    int bytes = 0;
    do {
      RecordedUnit unit = peek().orElseThrow();
      next = reader.next().orElse(null);
      samples.add(new Sample(unit.unit(), ticks(unit)));
      bytes += unit.unit().size();
    } while (peek().isPresent() && !peek().get().unit().idr() && bytes < MOST_BYTES);
    RecordedUnit begin = first.get();
    return Optional.of(new Fragment(begin.wallTime(), begin.unit().idr(), samples));
  }

  /** Until the next picture; of the last one, the nominal time. */
  private long ticks(RecordedUnit unit) {
    RecordedUnit following = next;
    if (following == null || peek().isEmpty()) {
      return nominalTicks;
    }
    long ticks =
        following.unit().time().ticks(InitSegment.TIMESCALE)
            - unit.unit().time().ticks(InitSegment.TIMESCALE);
    return Math.max(1, Math.min(LONGEST_PICTURE_TICKS, ticks));
  }

  static long ticks(Duration duration) {
    return duration.getSeconds() * InitSegment.TIMESCALE
        + (long) duration.getNano() * InitSegment.TIMESCALE / 1_000_000_000L;
  }

  static byte[] bytes(long number, int description, long decodeTime, Fragment fragment) {
    return RecordedFragment.of(number, description, decodeTime, fragment.samples());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
