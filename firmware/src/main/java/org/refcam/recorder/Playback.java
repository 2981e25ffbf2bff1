// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.mp4.InitSegment;
import org.refcam.mp4.VideoTrack;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.RecordedUnit;
import org.refcam.vault.Vault;

/** Clips for players: whole, or a few seconds from any moment on. Guarded by its monitor. */
public final class Playback {
  private static final int MOST_BYTES = 3 << 20;
  private static final int MOST_FILMS = 4;

  private final Vault vault;
  private final Map<ClipInfo, Film> films =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClipInfo, Film> eldest) {
          return size() > MOST_FILMS;
        }
      };

  public Playback(Vault vault) {
    this.vault = vault;
  }

  /**
   * Some seconds of a clip for Media Source Extensions: init segment and fragments, whose decode
   * times count from the clip's start.
   *
   * @param codec as RFC 6381 names it
   * @param next where the following part begins; empty at the clip's end
   */
  public record Part(String codec, byte[] bytes, Optional<Instant> next) {}

  /**
   * The part that begins with the last IDR at or before a moment.
   *
   * @param span how much at least, unless the clip ends or 3 MiB are reached
   * @throws NothingRecordedException if the clip has no picture that can be played
   */
  public Part part(ClipInfo clip, Instant at, Duration span) throws IOException {
    Instant first = at.isBefore(clip.start()) ? clip.start() : at;
    try (ClipFragments fragments = ClipFragments.open(vault, clip, first, clip.end())) {
      VideoTrack track =
          fragments
              .peek()
              .flatMap(unit -> ParameterSets.find(unit.unit()))
              .map(ParameterSets::track)
              .orElseThrow(NothingRecordedException::new);
      ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
      out.write(InitSegment.of(List.of(track), clip.start()));
      long number = 1;
      boolean more = true;
      while (more) {
        Optional<ClipFragments.Fragment> next = fragments.next();
        if (next.isPresent()) {
          long time = ClipFragments.ticks(Duration.between(clip.start(), next.get().start()));
          out.write(ClipFragments.bytes(number++, 1, Math.max(0, time), next.get()));
        }
        more = next.isPresent() && !enough(fragments.peek(), first.plus(span), out.size());
      }
      return new Part(
          track.codec(), out.toByteArray(), fragments.peek().map(RecordedUnit::wallTime));
    }
  }

  private static boolean enough(Optional<RecordedUnit> next, Instant wanted, int bytes) {
    return next.isPresent()
        && next.get().unit().idr()
        && (bytes > MOST_BYTES || !next.get().wallTime().isBefore(wanted));
  }

  /** The whole clip as MP4; measured once and remembered for the requests that follow. */
  public synchronized Film film(ClipInfo clip) throws IOException {
    Film film = films.get(clip);
    if (film == null) {
      film = Film.measure(vault, List.of(clip), clip.start(), clip.end(), part -> {});
      films.put(clip, film);
    }
    return film;
  }

  /** Forgets what it remembers of erased clips. */
  public synchronized void forget() {
    films.clear();
  }
}
