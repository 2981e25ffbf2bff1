// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;

/**
 * When in a week to record, in the owner's time zone. Immutable. Days on which clocks change are as
 * long as they are: a span is compared with what the wall clock shows.
 *
 * @param spans at most {@value #MOST_SPANS}; none means always
 */
public record WeeklySchedule(List<Span> spans) {
  public static final int MOST_SPANS = 28;
  public static final WeeklySchedule ALWAYS = new WeeklySchedule(List.of());

  /**
   * @throws IllegalArgumentException if there are too many spans
   */
  public WeeklySchedule {
    spans = List.copyOf(spans);
    if (spans.size() > MOST_SPANS) {
      throw new IllegalArgumentException("at most " + MOST_SPANS + " spans");
    }
  }

  /**
   * A span of some days.
   *
   * @param days on which it begins, at least one
   * @param from first minute
   * @param to first minute after it: on the next day unless later than {@code from}; equal to it,
   *     24 hours
   */
  public record Span(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    /**
     * @throws IllegalArgumentException if there is no day
     */
    public Span {
      days = Set.copyOf(days);
      if (days.isEmpty()) {
        throw new IllegalArgumentException("a span has at least one day");
      }
    }

    private boolean covers(DayOfWeek day, LocalTime time) {
      if (from.isBefore(to)) {
        return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
      }
      return (days.contains(day) && !time.isBefore(from))
          || (days.contains(day.minus(1)) && time.isBefore(to));
    }
  }

  public boolean covers(Instant instant, ZoneId zone) {
    ZonedDateTime shown = instant.atZone(zone);
    return spans.isEmpty()
        || spans.stream().anyMatch(s -> s.covers(shown.getDayOfWeek(), shown.toLocalTime()));
  }
}
