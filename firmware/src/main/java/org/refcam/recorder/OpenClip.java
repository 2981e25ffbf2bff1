// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.vault.ClipEvent;
import org.refcam.vault.ClipId;
import org.refcam.vault.ClipStart;
import org.refcam.vault.ClipWriter;
import org.refcam.vault.Trigger;

/**
 * One clip under way: the vault's writer and what decides that it has to end. Confined to the
 * recorder's thread.
 */
final class OpenClip {
  /** A longer silence in the stream ends the clip, so that it shows as a gap. */
  private static final long GAP_NANOS = 2_000_000_000L;

  /** The wall clock was set if it left the clip's anchor by more. */
  private static final long CLOCK_SET_NANOS = 2_000_000_000L;

  private static final int LONGEST_DETAIL = 85;

  private final ClipWriter writer;
  private final ClipStart start;
  private final Optional<ParameterSets> parameters;
  private MediaTime last;

  /**
   * @param first the clip's first picture, an IDR
   */
  OpenClip(ClipWriter writer, ClipStart start, AccessUnit first) {
    this.writer = writer;
    this.start = start;
    parameters = ParameterSets.find(first);
    last = first.time();
  }

  ClipId id() {
    return writer.id();
  }

  Trigger trigger() {
    return start.trigger();
  }

  void append(AccessUnit unit) throws IOException {
    writer.append(unit);
    last = unit.time();
  }

  /** Whether the picture cannot follow the last one in the same clip. */
  boolean brokenBy(AccessUnit unit) {
    long step = unit.time().nanos() - last.nanos();
    return step <= 0 || step > GAP_NANOS;
  }

  /** Whether this IDR is a place to end the clip and reason enough. */
  boolean shouldEndAt(AccessUnit idr, Instant wall, RecordingSettings settings, Trigger trigger) {
    Optional<ParameterSets> changed = ParameterSets.find(idr);
    long clockOff = java.time.Duration.between(start.wallTimeOf(idr.time()), wall).toNanos();
    return writer.full()
        || trigger != start.trigger()
        || idr.time().since(start.mediaTime()).compareTo(settings.clipLength()) >= 0
        || (changed.isPresent() && !changed.equals(parameters))
        || Math.abs(clockOff) > CLOCK_SET_NANOS;
  }

  void thumbnail(byte[] jpeg) throws IOException {
    writer.thumbnail(jpeg);
  }

  /** Notes movement, as far as it lies in this clip. */
  void motion(MediaTime from, MediaTime to, String zones) throws IOException {
    Instant begin = later(start.wallTimeOf(from), start.wallTime());
    Instant end = later(start.wallTimeOf(to), begin);
    // at most 3 bytes of UTF-8 a char, 256 bytes in all
    String detail = zones.substring(0, Math.min(zones.length(), LONGEST_DETAIL));
    writer.event(new ClipEvent("motion", begin, end, detail));
  }

  MediaTime last() {
    return last;
  }

  void finish() throws IOException {
    writer.finish();
  }

  /** Leaves a clip whose disk failed to be recovered later. */
  void abandon() {
    writer.close();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
