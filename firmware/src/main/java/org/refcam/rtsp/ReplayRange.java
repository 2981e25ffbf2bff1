// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Range header of replay: {@code clock=START-[END]} in UTC (RFC 2326, 3.7), or {@code npt=} in
 * seconds from the recording's beginning (3.6), as players that know nothing of ONVIF send it.
 * Immutable.
 *
 * @param from empty for where the recording begins, or goes on from when it was paused
 * @param until empty for what there is
 */
record ReplayRange(Optional<Instant> from, Optional<Instant> until) {
  static final ReplayRange ALL = new ReplayRange(Optional.empty(), Optional.empty());

  private static final Pattern CLOCK =
      Pattern.compile("clock=([0-9]{8}T[0-9.]{6,16}Z)?-([0-9]{8}T[0-9.]{6,16}Z)?(?:;.*)?");
  private static final Pattern NPT =
      Pattern.compile("npt=(now|[0-9]{1,9}(?:\\.[0-9]{0,9})?)?-([0-9]{1,9}(?:\\.[0-9]{0,9})?)?");
  private static final DateTimeFormatter UTC =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyyMMdd'T'HHmmss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * @param header the header's value
   * @param beginning from which npt counts
   * @return empty if it is no range of a known form
   */
  static Optional<ReplayRange> parse(String header, Instant beginning) {
    String text = header.replace(" ", "");
    Matcher clock = CLOCK.matcher(text);
    Matcher npt = NPT.matcher(text);
    try {
      if (clock.matches()) {
        return Optional.of(new ReplayRange(instant(clock.group(1)), instant(clock.group(2))));
      }
      if (npt.matches()) {
        return Optional.of(
            new ReplayRange(after(beginning, npt.group(1)), after(beginning, npt.group(2))));
      }
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<Instant> instant(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(t -> LocalDateTime.parse(t, UTC).toInstant(ZoneOffset.UTC));
  }

  private static Optional<Instant> after(Instant beginning, @Nullable String seconds) {
    if (seconds == null || seconds.equals("now")) {
      return Optional.empty();
    }
    return Optional.of(
        beginning.plus(Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000))));
  }

  /** As the header has it, to the millisecond. */
  static String text(Instant time) {
    return UTC_MILLIS.format(time);
  }
}
