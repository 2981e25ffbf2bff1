// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.schema;

import org.jspecify.annotations.NullUnmarked;

/**
 * Date and time. JAXB fills the fields; what a message lacks is null, or an empty list. Names and
 * order are those of the schema.
 */
@NullUnmarked
@SuppressWarnings("MemberName") // the specification's own names
public final class Dates {
  private Dates() {}

  public static class TimeZone {
    public String TZ;
  }

  public static class DateTime {
    public Time Time;
    public Date Date;
  }

  public static class SystemDateTime {
    public String DateTimeType;
    public Boolean DaylightSavings;
    public TimeZone TimeZone;
    public DateTime UTCDateTime;
    public DateTime LocalDateTime;
  }

  public static class Time {
    public Integer Hour;
    public Integer Minute;
    public Integer Second;
  }

  public static class Date {
    public Integer Year;
    public Integer Month;
    public Integer Day;
  }
}
