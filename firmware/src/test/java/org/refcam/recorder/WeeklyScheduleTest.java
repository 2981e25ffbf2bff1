// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.refcam.recorder.WeeklySchedule.Span;

class WeeklyScheduleTest {
  private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

  /** 25 November 2026 is a Wednesday. */
  private static final WeeklySchedule WORK =
      new WeeklySchedule(
          List.of(
              new Span(Set.of(DayOfWeek.WEDNESDAY), LocalTime.of(8, 0), LocalTime.of(17, 30)),
              new Span(Set.of(DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(6, 0))));

  private static boolean covers(String local) {
    return WORK.covers(Instant.parse(local + "+07:00"), VIETNAM);
  }

  @Test
  void span_isFromItsFirstMinuteUpToItsEnd_inTheOwnersZone() {
    assertThat(covers("2026-11-25T07:59:59")).isFalse();
    assertThat(covers("2026-11-25T08:00:00")).isTrue();
    assertThat(covers("2026-11-25T17:29:59")).isTrue();
    assertThat(covers("2026-11-25T17:30:00")).isFalse();
    assertThat(covers("2026-11-26T12:00:00")).isFalse();
    assertThat(WORK.covers(Instant.parse("2026-11-25T12:00:00Z"), VIETNAM)).isFalse();
  }

  @Test
  void span_overMidnight_belongsToTheDayItBeginsOn() {
    assertThat(covers("2026-11-27T21:59:00")).isFalse();
    assertThat(covers("2026-11-27T23:00:00")).isTrue();
    assertThat(covers("2026-11-28T05:59:00")).isTrue();
    assertThat(covers("2026-11-28T06:00:00")).isFalse();
    assertThat(covers("2026-11-27T05:00:00")).isFalse();
  }

  @Test
  void equalTimes_are24Hours_noSpanIsAlways() {
    WeeklySchedule day =
        new WeeklySchedule(
            List.of(new Span(Set.of(DayOfWeek.WEDNESDAY), LocalTime.of(9, 0), LocalTime.of(9, 0))));
    assertThat(day.covers(Instant.parse("2026-11-25T02:00:00Z"), VIETNAM)).isTrue();
    assertThat(day.covers(Instant.parse("2026-11-26T01:59:59Z"), VIETNAM)).isTrue();
    assertThat(day.covers(Instant.parse("2026-11-26T02:00:00Z"), VIETNAM)).isFalse();
    assertThat(WeeklySchedule.ALWAYS.covers(Instant.EPOCH, VIETNAM)).isTrue();
  }

  @Test
  void clocksChange_theWallClockDecides() {
    WeeklySchedule night =
        new WeeklySchedule(
            List.of(new Span(Set.of(DayOfWeek.SUNDAY), LocalTime.of(2, 0), LocalTime.of(3, 0))));
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    // 25 October 2026: 02:30 is shown twice
    assertThat(night.covers(Instant.parse("2026-10-25T00:30:00Z"), berlin)).isTrue();
    assertThat(night.covers(Instant.parse("2026-10-25T01:30:00Z"), berlin)).isTrue();
    assertThat(night.covers(Instant.parse("2026-10-25T02:30:00Z"), berlin)).isFalse();
  }

  @Test
  void span_withoutDays_andTooMany_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Span(Set.of(), LocalTime.NOON, LocalTime.MIDNIGHT));
    Span one = new Span(Set.of(DayOfWeek.MONDAY), LocalTime.NOON, LocalTime.MIDNIGHT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WeeklySchedule(java.util.Collections.nCopies(29, one)));
  }
}
