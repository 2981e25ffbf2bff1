// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.refcam.web.CameraSettings.InvalidFieldException;

/**
 * The owner's wishes for recording and movement as the REST interface carries them; always valid.
 * Immutable.
 *
 * @param mode {@code off}, {@code continuous} or {@code motion}
 * @param streams {@code main}, {@code sub} or both
 * @param schedule when in the week, in the owner's time zone; none means always
 * @param preRollSeconds 0 to 30
 * @param postRollSeconds 2 to 300
 * @param clipMinutes 1 to 10
 * @param keepDays 1 to 3,650; 0 for no limit
 * @param keepMebibytes of all recordings; 0 for what the medium takes
 * @param motionDetection whether movement is looked for although recording does not need it
 * @param sensitivity 1 to 100
 * @param zones where movement counts, at most 16 of different names; none means everywhere
 */
public record RecordingSettings(
    String mode,
    List<String> streams,
    List<Span> schedule,
    int preRollSeconds,
    int postRollSeconds,
    int clipMinutes,
    int keepDays,
    long keepMebibytes,
    boolean motionDetection,
    int sensitivity,
    List<Zone> zones) {
  private static final Set<String> MODES = Set.of("off", "continuous", "motion");
  private static final Set<String> STREAMS = Set.of("main", "sub");
  private static final int MOST_SPANS = 28;
  private static final int MOST_ZONES = 16;
  private static final long MOST_MEBIBYTES = 1L << 30;

  /**
   * Of a camera that has just been set up. Recording is off: nobody's picture is kept before
   * someone decided so, and the page asks for that decision first.
   */
  public static final RecordingSettings DEFAULT =
      new RecordingSettings(
          "off", List.of("main"), List.of(), 5, 10, 5, 30, 0, false, 50, List.of());

  /**
   * @throws InvalidFieldException naming the first field that is not valid
   */
  public RecordingSettings(
      @Nullable String mode,
      @Nullable List<String> streams,
      @Nullable List<Span> schedule,
      int preRollSeconds,
      int postRollSeconds,
      int clipMinutes,
      int keepDays,
      long keepMebibytes,
      boolean motionDetection,
      int sensitivity,
      @Nullable List<Zone> zones) {
    if (mode == null || !MODES.contains(mode)) {
      throw new InvalidFieldException("mode");
    }
    if (streams == null || streams.isEmpty() || !STREAMS.containsAll(streams)) {
      throw new InvalidFieldException("streams");
    }
    List<Span> spans = some(schedule, MOST_SPANS, "schedule");
    List<Zone> areas = some(zones, MOST_ZONES, "zones");
    if (areas.stream().map(Zone::name).distinct().count() != areas.size()) {
      throw new InvalidFieldException("zones");
    }
    this.mode = mode;
    this.streams = streams.stream().distinct().sorted().toList();
    this.schedule = spans;
    this.preRollSeconds = in(preRollSeconds, 0, 30, "preRollSeconds");
    this.postRollSeconds = in(postRollSeconds, 2, 300, "postRollSeconds");
    this.clipMinutes = in(clipMinutes, 1, 10, "clipMinutes");
    this.keepDays = in(keepDays, 0, 3650, "keepDays");
    this.keepMebibytes = keepMebibytes;
    this.motionDetection = motionDetection;
    this.sensitivity = in(sensitivity, 1, 100, "sensitivity");
    this.zones = areas;
    if (keepMebibytes < 0 || keepMebibytes > MOST_MEBIBYTES) {
      throw new InvalidFieldException("keepMebibytes");
    }
  }

  /**
   * A span of some days of the week.
   *
   * @param days on which it begins: {@code monday} and so on, at least one
   * @param from hours and minutes, {@code 08:00}
   * @param to likewise; on the next day unless later than {@code from}
   */
  public record Span(List<String> days, String from, String to) {
    private static final Set<String> DAYS =
        Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    public Span(@Nullable List<String> days, @Nullable String from, @Nullable String to) {
      if (days == null || days.isEmpty() || !DAYS.containsAll(new HashSet<>(days))) {
        throw new InvalidFieldException("schedule");
      }
      this.days = List.copyOf(days);
      this.from = time(from);
      this.to = time(to);
    }

    private static String time(@Nullable String text) {
      try {
        if (text != null && text.length() == 5) {
          return LocalTime.parse(text).toString();
        }
      } catch (DateTimeParseException e) {
        // falls through to the one answer for what is not a time
      }
      throw new InvalidFieldException("schedule");
    }
  }

  /** A named rectangle, in fractions of the picture, from its top left corner. */
  public record Zone(String name, double x, double y, double width, double height) {
    private static final double FULL = 1 + 1e-9;
    private static final int LONGEST_NAME = 32;

    public Zone(@Nullable String name, double x, double y, double width, double height) {
      boolean inside =
          x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= FULL && y + height <= FULL;
      if (name == null || !isName(name) || !inside) {
        throw new InvalidFieldException("zones");
      }
      this.name = name;
      this.x = x;
      this.y = y;
      this.width = width;
      this.height = height;
    }

    /** Names are written one after the other, with commas between them. */
    private static boolean isName(String name) {
      return !name.isBlank()
          && name.length() <= LONGEST_NAME
          && name.indexOf(',') < 0
          && name.chars().noneMatch(Character::isISOControl);
    }
  }

  private static int in(int value, int least, int most, String field) {
    if (value < least || value > most) {
      throw new InvalidFieldException(field);
    }
    return value;
  }

  private static <T> List<T> some(@Nullable List<T> given, int most, String field) {
    List<T> list = given == null ? List.of() : given;
    if (list.size() > most || list.stream().anyMatch(entry -> entry == null)) {
      throw new InvalidFieldException(field);
    }
    return List.copyOf(list);
  }
}
