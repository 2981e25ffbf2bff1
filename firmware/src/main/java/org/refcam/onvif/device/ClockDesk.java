// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.onvif.DeviceControl;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Values;
import org.refcam.onvif.device.SystemMessages.SetSystemDateAndTime;
import org.refcam.onvif.schema.Dates.Date;
import org.refcam.onvif.schema.Dates.DateTime;
import org.refcam.onvif.schema.Dates.SystemDateTime;
import org.refcam.onvif.schema.Dates.Time;
import org.refcam.onvif.schema.Dates.TimeZone;

/**
 * Date, time and zone. The clock is the operating system's and is set by no client; the zone is the
 * owner's setting. Zones are written as POSIX has them, where UTC-7 is seven hours east.
 */
final class ClockDesk {
  private static final Pattern POSIX =
      Pattern.compile("(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]+>)([+-]?)(\\d{1,2})(?::?(\\d{2}))?(:00)?");

  private final DeviceControl device;
  private final Clock clock;

  ClockDesk(DeviceControl device, Clock clock) {
    this.device = device;
    this.clock = clock;
  }

  SystemDateTime now() {
    Instant now = clock.instant();
    ZoneId zone = device.zone();
    SystemDateTime made = new SystemDateTime();
    made.DateTimeType = "NTP";
    made.DaylightSavings = zone.getRules().isDaylightSavings(now);
    made.TimeZone = new TimeZone();
    made.TimeZone.TZ = posix(zone, now);
    made.UTCDateTime = dateTime(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
    made.LocalDateTime = dateTime(LocalDateTime.ofInstant(now, zone));
    return made;
  }

  /**
   * @throws OnvifFault ActionNotSupported for a time, InvalidArgVal/InvalidTimeZone
   */
  void set(SetSystemDateAndTime request) {
    if ("Manual".equals(Values.required(request.DateTimeType, "DateTimeType"))) {
      throw OnvifFault.of(Code.ACTION_NOT_SUPPORTED, "the operating system keeps the clock by NTP");
    }
    if (request.TimeZone != null) {
      ZoneId zone = zone(Values.required(request.TimeZone.TZ, "TZ"));
      Instant now = clock.instant();
      boolean same = zone.getRules().getOffset(now).equals(device.zone().getRules().getOffset(now));
      if (!same) { // a name of the same zone is worth more than its offset
        Values.store(() -> device.zone(zone));
      }
    }
  }

  static String posix(ZoneId zone, Instant now) {
    int seconds = zone.getRules().getOffset(now).getTotalSeconds();
    String name = zone.getDisplayName(TextStyle.SHORT, Locale.ROOT);
    String letters = name.matches("[A-Za-z]{3,6}") ? name : "UTC";
    int minutes = Math.abs(seconds) / 60;
    String rest = minutes % 60 == 0 ? "" : ":%02d".formatted(minutes % 60);
    return letters + (seconds > 0 ? "-" : "") + minutes / 60 + rest;
  }

  private static ZoneId zone(String text) {
    Optional<ZoneId> zone =
        ZoneId.getAvailableZoneIds().contains(text)
            ? Optional.of(ZoneId.of(text))
            : fromPosix(text);
    return zone.orElseThrow(
        () -> OnvifFault.invalid("InvalidTimeZone", "a zone of whole hours, or a zone's name"));
  }

  private static Optional<ZoneId> fromPosix(String text) {
    Matcher matcher = POSIX.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int hours = Integer.parseInt(matcher.group(2));
    String minutes = matcher.group(3);
    boolean east = "-".equals(matcher.group(1));
    if (hours > 12 || minutes != null && !minutes.equals("00")) {
      return Optional.empty();
    }
    // names of this area have POSIX's sign too
    return Optional.of(ZoneId.of("Etc/GMT" + (hours == 0 ? "" : (east ? "-" : "+") + hours)));
  }

  private static DateTime dateTime(LocalDateTime at) {
    DateTime made = new DateTime();
    made.Time = new Time();
    made.Time.Hour = at.getHour();
    made.Time.Minute = at.getMinute();
    made.Time.Second = at.getSecond();
    made.Date = new Date();
    made.Date.Year = at.getYear();
    made.Date.Month = at.getMonthValue();
    made.Date.Day = at.getDayOfMonth();
    return made;
  }
}
