// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.refcam.mp4.InitSegment;
import org.refcam.mp4.VideoTrack;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.RecordedUnit;
import org.refcam.vault.Vault;

/**
 * Pictures of one stream from one moment to another as one fragmented MP4: clip after clip, the
 * gaps between them left out.
 *
 * <pre>
 *   ftyp moov | moof mdat | moof mdat | ...
 *               ^ places: where a fragment begins that decoding can start at
 * </pre>
 *
 * <p>Measuring reads and authenticates every picture once; afterwards any byte can be made again
 * without reading what lies before its fragment. Immutable after measuring.
 */
public final class Film implements ByteSource {
  /** Where a fragment begins: in the file, in its clip, in decode time. */
  private record Place(int clip, Instant start, long offset, long number, long decodeTime) {}

  private final Vault vault;
  private final List<ClipInfo> clips;
  private final Map<VideoTrack, Integer> descriptions = new LinkedHashMap<>();
  private final List<Place> places = new ArrayList<>();
  private final Instant until;
  private final byte[] head;
  private final Instant start;
  private Instant end;
  private long pictures;
  private long length;

  private Film(Vault vault, List<ClipInfo> clips, Instant from, Instant until) throws IOException {
    this.vault = vault;
    this.clips = List.copyOf(clips);
    this.until = until;
    Instant first = from;
    for (int i = 0; i < clips.size(); i++) {
      try (ClipFragments fragments = open(i, i == 0 ? from : clips.get(i).start())) {
        Optional<RecordedUnit> unit = fragments.peek();
        unit.flatMap(u -> ParameterSets.find(u.unit()))
            .ifPresent(p -> descriptions.putIfAbsent(p.track(), descriptions.size() + 1));
        if (i == 0 && unit.isPresent()) {
          first = unit.get().wallTime();
        }
      }
    }
    if (descriptions.isEmpty()) {
      throw new NothingRecordedException();
    }
    start = first;
    end = first;
    head = InitSegment.of(List.copyOf(descriptions.keySet()), start);
  }

  /**
   * Measures a film.
   *
   * @param clips of one stream, in order of time, at least one
   * @param from the film begins with the last IDR at or before it
   * @param until and ends before it
   * @param progress told the part done, 0 to 1
   * @throws NothingRecordedException if no picture lies in the range
   * @throws IOException if a clip is damaged or was erased
   */
  public static Film measure(
      Vault vault, List<ClipInfo> clips, Instant from, Instant until, DoubleConsumer progress)
      throws IOException {
    return measure(vault, clips, from, until, progress, OutputStream.nullOutputStream());
  }

  /**
   * As above, and hands on each byte while it is there.
   *
   * @param copy gets the whole film
   */
  static Film measure(
      Vault vault,
      List<ClipInfo> clips,
      Instant from,
      Instant until,
      DoubleConsumer progress,
      OutputStream copy)
      throws IOException {
    Film film = new Film(vault, clips, from, until);
    film.length =
        film.make(
            new Place(0, from, 0, 1, 0),
            new WindowOutput(copy, 0, 0, Long.MAX_VALUE),
            (clip, part) -> progress.accept((clip + part) / clips.size()),
            true);
    return film;
  }

  @Override
  public long length() {
    return length;
  }

  /** Wall time of the first picture. */
  public Instant start() {
    return start;
  }

  /** Wall time of the last fragment's end. */
  public Instant end() {
    return end;
  }

  public long pictures() {
    return pictures;
  }

  @Override
  public void write(OutputStream out, long from, long to) throws IOException {
    Place place = places.get(0);
    for (Place candidate : places) {
      if (candidate.offset() <= from) {
        place = candidate;
      }
    }
    WindowOutput window = new WindowOutput(out, from < head.length ? 0 : place.offset(), from, to);
    make(place, window, (clip, part) -> {}, false);
    if (!window.done()) {
      throw new IOException("a recording became shorter while it was read");
    }
  }

  private interface Progress {
    void at(int clip, double part);
  }

  /** Writes from a place on until the window is done; notes places when measuring. */
  private long make(Place from, WindowOutput out, Progress progress, boolean measuring)
      throws IOException {
    if (out.position() == 0) {
      out.write(head);
    }
    long number = from.number();
    long decodeTime = from.decodeTime();
    for (int i = from.clip(); i < clips.size() && !out.done(); i++) {
      progress.at(i, 0);
      boolean resumes = i == from.clip();
      try (ClipFragments fragments = open(i, resumes ? from.start() : clips.get(i).start())) {
        int description = description(fragments);
        Optional<ClipFragments.Fragment> next = fragments.next();
        while (next.isPresent() && !out.done()) {
          ClipFragments.Fragment fragment = next.get();
          if (measuring) {
            note(new Place(i, fragment.start(), out.position(), number, decodeTime), fragment);
          }
          out.write(ClipFragments.bytes(number++, description, decodeTime, fragment));
          decodeTime += fragment.ticks();
          next = fragments.next();
        }
      }
    }
    return out.position();
  }

  private int description(ClipFragments fragments) {
    return fragments
        .peek()
        .flatMap(unit -> ParameterSets.find(unit.unit()))
        .map(parameters -> descriptions.getOrDefault(parameters.track(), 1))
        .orElse(1);
  }

  private void note(Place place, ClipFragments.Fragment fragment) {
    if (fragment.idr()) {
      places.add(place);
    }
    pictures += fragment.samples().size();
    end = fragment.start().plusNanos(fragment.ticks() * 100_000L / 9);
  }

  private ClipFragments open(int clip, Instant from) throws IOException {
    return ClipFragments.open(vault, clips.get(clip), from, until);
  }
}
