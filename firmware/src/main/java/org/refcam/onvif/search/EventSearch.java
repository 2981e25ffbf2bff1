// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.search;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.refcam.onvif.MediaProfiles;
import org.refcam.onvif.RecordingBook;
import org.refcam.onvif.events.Event;
import org.refcam.onvif.events.EventText;
import org.refcam.onvif.events.Topic;
import org.refcam.onvif.events.TopicFilter;
import org.refcam.onvif.schema.SearchTypes.FindEventResult;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipState;
import org.refcam.vault.RecordedSpan;
import org.refcam.vault.Timeline;
import org.refcam.vault.Vault;

/**
 * What happened in recordings: when pictures were there, and movement. Looked up a day at a time,
 * so that a long search never holds the index for long. Confined to one thread.
 */
final class EventSearch {
  private static final Duration WINDOW = Duration.ofDays(1);
  private static final Duration EDGE = Vault.GAP_TOLERANCE.plusSeconds(1);
  private static final String MOTION = "motion";

  private final Vault vault;
  private final TopicFilter filter;
  private final int most;

  /**
   * @param most results
   */
  EventSearch(Vault vault, TopicFilter filter, int most) {
    this.vault = vault;
    this.filter = filter;
    this.most = most;
  }

  private record Found(String stream, Event event) {}

  /**
   * Results in the direction of the search.
   *
   * @param start where the search begins; later than the end for a search backwards
   */
  List<FindEventResult> run(List<String> streams, Instant start, Instant end, boolean startState) {
    List<FindEventResult> results = new ArrayList<>();
    if (startState) {
      for (String stream : streams) {
        states(stream, start).stream()
            .filter(found -> filter.wants(found.event().topic()))
            .forEach(found -> results.add(result(found, true)));
      }
    }
    boolean backwards = end.isBefore(start);
    Instant from = backwards ? end : start;
    Instant to = backwards ? start : end;
    List<RecordedSpan> spans =
        streams.stream().flatMap(stream -> vault.span(stream).stream()).toList();
    Optional<Instant> first = spans.stream().map(RecordedSpan::from).min(Instant::compareTo);
    Optional<Instant> last = spans.stream().map(RecordedSpan::until).max(Instant::compareTo);
    if (first.isEmpty() || last.isEmpty()) {
      return results;
    }
    Instant begin = from.isBefore(first.get()) ? first.get() : from;
    Instant over = to.isAfter(last.get()) ? last.get().plusMillis(1) : to;
    for (Instant at = backwards ? over : begin; results.size() < most; ) {
      Instant low = backwards ? max(at.minus(WINDOW), begin) : at;
      Instant high = backwards ? at : min(at.plus(WINDOW), over);
      if (!low.isBefore(high)) {
        break;
      }
      window(streams, low, high, backwards, results);
      at = backwards ? low : high;
    }
    return results;
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private void window(
      List<String> streams,
      Instant low,
      Instant high,
      boolean backwards,
      List<FindEventResult> results) {
    List<Found> found = new ArrayList<>();
    for (String stream : streams) {
      for (Event event : events(stream, low, high)) {
        if (filter.wants(event.topic())) {
          found.add(new Found(stream, event));
        }
      }
    }
    found.sort(Comparator.comparing(one -> one.event().at()));
    if (backwards) {
      Collections.reverse(found);
    }
    found.stream().limit(most - results.size()).forEach(one -> results.add(result(one, false)));
  }

  private List<Event> events(String stream, Instant low, Instant high) {
    Timeline timeline = vault.timeline(stream, low.minus(EDGE), high.plus(EDGE));
    List<Event> events = new ArrayList<>();
    for (RecordedSpan section : sections(timeline.clips(), low.minus(EDGE), high.plus(EDGE))) {
      add(events, stream, section.from(), true, low, high);
      add(events, stream, section.until(), false, low, high);
    }
    for (Timeline.Event one : timeline.events()) {
      if (one.event().kind().equals(MOTION)) {
        motion(events, one.event().start(), true, low, high);
        motion(events, one.event().end(), false, low, high);
      }
    }
    return events.stream().distinct().toList();
  }

  /** Times without a gap; an end that is not known yet lies beyond the window. */
  private static List<RecordedSpan> sections(List<ClipInfo> clips, Instant low, Instant high) {
    List<RecordedSpan> sections = new ArrayList<>();
    for (ClipInfo clip : clips) {
      Instant from = clip.start().isBefore(low) ? Instant.MIN : clip.start();
      Instant until =
          clip.state() == ClipState.RECORDING || clip.end().isAfter(high)
              ? Instant.MAX
              : clip.end();
      int last = sections.size() - 1;
      if (last >= 0
          && (sections.get(last).until().equals(Instant.MAX)
              || !from.isAfter(sections.get(last).until().plus(Vault.GAP_TOLERANCE)))) {
        RecordedSpan before = sections.get(last);
        sections.set(last, new RecordedSpan(before.from(), max(before.until(), until)));
      } else {
        sections.add(new RecordedSpan(from, until));
      }
    }
    return sections;
  }

  private static void add(
      List<Event> events, String stream, Instant at, boolean state, Instant low, Instant high) {
    if (!at.isBefore(low) && at.isBefore(high)) {
      events.addAll(recordingState(stream, at, state, false));
    }
  }

  private static List<Event> recordingState(
      String stream, Instant at, boolean state, boolean initial) {
    String token = RecordingBook.token(stream);
    String word = Boolean.toString(state);
    return List.of(
        new Event(Topic.RECORDING_STATE, List.of(token), word, at, initial),
        new Event(Topic.TRACK_STATE, List.of(token, RecordingBook.TRACK), word, at, initial));
  }

  private static void motion(
      List<Event> events, Instant at, boolean state, Instant low, Instant high) {
    if (!at.isBefore(low) && at.isBefore(high)) {
      events.add(motionState(at, state, false));
    }
  }

  private static Event motionState(Instant at, boolean state, boolean initial) {
    return new Event(
        Topic.MOTION, List.of(MediaProfiles.SOURCE), Boolean.toString(state), at, initial);
  }

  /** How things stood at a moment. */
  private List<Found> states(String stream, Instant at) {
    Timeline timeline = vault.timeline(stream, at.minus(EDGE), at.plusMillis(1));
    boolean present = timeline.clips().stream().anyMatch(clip -> !clip.end().isBefore(at));
    boolean moving =
        timeline.events().stream()
            .map(Timeline.Event::event)
            .anyMatch(
                event ->
                    event.kind().equals(MOTION)
                        && !event.start().isAfter(at)
                        && event.end().isAfter(at));
    List<Found> found = new ArrayList<>();
    recordingState(stream, at, present, true).forEach(e -> found.add(new Found(stream, e)));
    found.add(new Found(stream, motionState(at, moving, true)));
    return found;
  }

  private static FindEventResult result(Found found, boolean startState) {
    FindEventResult made = new FindEventResult();
    made.RecordingToken = RecordingBook.token(found.stream());
    made.TrackToken = RecordingBook.TRACK;
    made.Time = RecordingBook.text(found.event().at());
    made.Event = EventText.describe(found.event());
    made.StartStateEvent = startState;
    return made;
  }
}
