// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.media.FrameRate;
import org.refcam.vault.ClipId;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipReader;
import org.refcam.vault.RecordedUnit;
import org.refcam.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream's recordings from a moment on, clip after clip, in runs that decode: forwards a
 * run is a clip, backwards from one key frame to the next later one, and of intra pictures each is
 * one. A clip that was erased meanwhile or does not authenticate is left out.
 *
 * <p>Confined to one thread. Holds one fragment in memory.
 */
final class ReplayReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReplayReader.class);

  /**
   * A picture and how it follows the one before.
   *
   * @param jump it does not follow that one in the recording
   * @param endOfSection the last to be sent before a time without recording
   */
  record Replayed(RecordedUnit recorded, FrameRate rate, boolean jump, boolean endOfSection) {}

  private final Vault vault;
  private final String stream;
  private final ReplayWish wish;
  private final Instant from;
  private final Instant until;
  private final Map<ClipId, Instant> leftOut = new HashMap<>(); // and where it ended then
  private @Nullable ClipReader reader;
  private @Nullable ClipInfo clip;
  private List<Instant> keyFrames = List.of();
  private int run; // of keyFrames
  private Instant runEnd = Instant.MAX;
  private Instant position; // forwards the last picture, backwards the present run's key frame
  private boolean begun;
  private boolean done;
  private boolean jump = true;
  private Instant lastIntra = Instant.EPOCH;
  private @Nullable Replayed next;

  /**
   * @param from the first picture is the last key frame at or before it
   * @param until and nothing is read beyond it
   */
  ReplayReader(Vault vault, String stream, ReplayWish wish, Instant from, Instant until) {
    this.vault = vault;
    this.stream = stream;
    this.wish = wish;
    this.from = from;
    this.position = from;
    this.until = until;
    next = read().orElse(null);
  }

  /** What {@link #next} will return. */
  Optional<Replayed> peek() {
    return Optional.ofNullable(next);
  }

  /** The next picture; empty at the end. */
  Optional<Replayed> next() {
    Replayed now = next;
    if (now == null) {
      return Optional.empty();
    }
    Instant start = clip == null ? Instant.MIN : clip.start();
    Replayed following = read().orElse(null);
    next = following;
    boolean ends;
    if (following == null) {
      ends = true;
    } else if (wish.backwards()) {
      ends = clip != null && following.jump() && gap(clip.end(), start);
    } else {
      ends = !wish.intra() && gap(now.recorded().wallTime(), following.recorded().wallTime());
    }
    return Optional.of(new Replayed(now.recorded(), now.rate(), now.jump(), ends));
  }

  private static boolean gap(Instant from, Instant to) {
    return from.plus(Vault.GAP_TOLERANCE).isBefore(to);
  }

  private Optional<Replayed> read() {
    while (!done) {
      try {
        ClipReader open = reader;
        if (open == null) {
          done = !openClip();
          continue;
        }
        Optional<Replayed> unit = readRun(open);
        if (unit.isPresent()) {
          return unit;
        }
        if (!nextRun(open)) {
          leave(false);
        }
      } catch (
          IOException e) { // erased, damaged, or a medium that fails: the next clip may be well
        log.info("replay leaves a recording out: {}", e.getMessage());
        leave(true);
      }
    }
    close();
    return Optional.empty();
  }

  private boolean openClip() throws IOException {
    Optional<ClipInfo> found = nextClip();
    if (found.isEmpty()) {
      return false;
    }
    clip = found.get();
    ClipReader open = vault.read(found.get().id());
    reader = open;
    keyFrames = open.keyFrames();
    run = latest(position);
    if (!wish.backwards()) {
      runEnd = Instant.MAX;
      open.seek(position);
      return true;
    }
    runEnd = run + 1 < keyFrames.size() ? keyFrames.get(run + 1) : Instant.MAX;
    if (!begun && runEnd.isAfter(from)) {
      runEnd = from.plusNanos(1);
    }
    return beginRun(open, found.get().end());
  }

  private Optional<ClipInfo> nextClip() {
    int most = 3 + leftOut.size();
    List<ClipInfo> found =
        wish.backwards()
            ? vault.preceding(stream, begun ? position : position.plusNanos(1_000), most)
            : vault.following(stream, position, most);
    return found.stream().filter(c -> !c.end().equals(leftOut.get(c.id()))).findFirst();
  }

  /** The last key frame at or before a time; before it, if something was read already. */
  private int latest(Instant time) {
    int found = 0;
    for (int i = 0; i < keyFrames.size(); i++) {
      boolean before = begun ? keyFrames.get(i).isBefore(time) : !keyFrames.get(i).isAfter(time);
      found = before ? i : found;
    }
    return found;
  }

  /** False if the run lies wholly before what is wanted. */
  private boolean beginRun(ClipReader open, Instant end) throws IOException {
    open.seek(keyFrames.get(run));
    position = keyFrames.get(run);
    jump = true;
    return (runEnd.isBefore(end) ? runEnd : end).isAfter(until);
  }

  private Optional<Replayed> readRun(ClipReader open) throws IOException {
    for (Optional<RecordedUnit> unit = open.next(); unit.isPresent(); unit = open.next()) {
      Instant at = unit.get().wallTime();
      if (!at.isBefore(runEnd) || wish.backwards() && wish.intra() && !unit.get().unit().idr()) {
        return Optional.empty();
      }
      if (!wish.backwards() && at.isAfter(until)) {
        done = true;
        return Optional.empty();
      }
      if (wanted(unit.get(), at)) {
        return Optional.of(taken(open, unit.get(), at));
      }
    }
    return Optional.empty();
  }

  private boolean wanted(RecordedUnit unit, Instant at) {
    if (!wish.backwards() && begun && !at.isAfter(position)) {
      return false; // read before the clip grew, or by a clock that was set back
    }
    boolean tooClose =
        begun && Duration.between(lastIntra, at).abs().compareTo(wish.distance()) < 0;
    return !wish.intra() || unit.unit().idr() && !tooClose;
  }

  private Replayed taken(ClipReader open, RecordedUnit unit, Instant at) {
    Replayed made = new Replayed(unit, open.start().frameRate(), jump || wish.intra(), false);
    jump = false;
    begun = true;
    lastIntra = at;
    if (!wish.backwards()) {
      position = at;
      leftOut.clear();
    }
    return made;
  }

  /** The run before, of the same clip; forwards there is one run a clip. */
  private boolean nextRun(ClipReader open) throws IOException {
    ClipInfo of = clip;
    if (!wish.backwards() || run == 0 || of == null) {
      return false;
    }
    runEnd = keyFrames.get(run);
    run--;
    done = !beginRun(open, of.end());
    return true;
  }

  /** Turns from the present clip to the next; one that grew meanwhile is taken up once more. */
  private void leave(boolean broken) {
    ClipInfo left = clip;
    close();
    jump |= broken;
    if (left == null) {
      return;
    }
    leftOut.put(left.id(), left.end());
    if (wish.backwards()) {
      begun = true;
      position = left.start().isBefore(position) ? left.start() : position;
    }
  }

  @Override
  public void close() {
    ClipReader open = reader;
    reader = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.debug("closing a recording: {}", e.getMessage());
      }
    }
  }
}
