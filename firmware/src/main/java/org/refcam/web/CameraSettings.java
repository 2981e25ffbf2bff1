// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The owner's settings as the REST interface carries them; always valid. Immutable.
 *
 * @param timeZone a name of the IANA time zone database
 * @param country ISO 3166-1 alpha-2
 * @param language {@code en} or {@code vi}
 * @param clockOverlay whether the pictures show the time
 * @param cameraName up to 64 characters without control characters; absent means empty
 * @param masks privacy masks, at most 16; absent means none
 * @param guessLimit how guessing is slowed; absent means the default
 */
public record CameraSettings(
    String timeZone,
    String country,
    String language,
    boolean clockOverlay,
    String cameraName,
    List<Mask> masks,
    GuessLimit guessLimit) {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int MOST_MASKS = 16;
  private static final int LONGEST_NAME = 64;

  /** Of a camera that has just been set up. */
  public static final CameraSettings DEFAULT =
      new CameraSettings("Asia/Ho_Chi_Minh", "VN", "vi", true, "", List.of(), GuessLimit.DEFAULT);

  /**
   * @throws InvalidFieldException naming the first field that is not valid
   */
  public CameraSettings(
      @Nullable String timeZone,
      @Nullable String country,
      @Nullable String language,
      boolean clockOverlay,
      @Nullable String cameraName,
      @Nullable List<Mask> masks,
      @Nullable GuessLimit guessLimit) {
    if (timeZone == null || !ZoneId.getAvailableZoneIds().contains(timeZone)) {
      throw new InvalidFieldException("timeZone");
    }
    if (country == null || !COUNTRIES.contains(country)) {
      throw new InvalidFieldException("country");
    }
    if (language == null || !(language.equals("en") || language.equals("vi"))) {
      throw new InvalidFieldException("language");
    }
    String name = cameraName == null ? "" : cameraName;
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidFieldException("cameraName");
    }
    List<Mask> given = masks == null ? List.of() : masks;
    if (given.size() > MOST_MASKS || given.stream().anyMatch(mask -> mask == null)) {
      throw new InvalidFieldException("masks");
    }
    this.timeZone = timeZone;
    this.country = country;
    this.language = language;
    this.clockOverlay = clockOverlay;
    this.cameraName = name;
    this.masks = List.copyOf(given);
    this.guessLimit = guessLimit == null ? GuessLimit.DEFAULT : guessLimit;
  }

  /** The same settings at another place, for set-up. */
  CameraSettings at(
      @Nullable String newTimeZone, @Nullable String newCountry, @Nullable String newLanguage) {
    return new CameraSettings(
        newTimeZone == null ? timeZone : newTimeZone,
        newCountry == null ? country : newCountry,
        newLanguage == null ? language : newLanguage,
        clockOverlay,
        cameraName,
        masks,
        guessLimit);
  }

  /** Names of the fields in which the other differs. */
  List<String> differences(CameraSettings other) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent field : CameraSettings.class.getRecordComponents()) {
      try {
        Object mine = field.getAccessor().invoke(this);
        if (!Objects.equals(mine, field.getAccessor().invoke(other))) {
          fields.add(field.getName());
        }
      } catch (ReflectiveOperationException e) {
        throw new AssertionError("a record's fields can be read", e);
      }
    }
    return fields;
  }

  public CameraSettings withMasks(List<Mask> changed) {
    return with(timeZone, clockOverlay, changed);
  }

  public CameraSettings withClockOverlay(boolean shown) {
    return with(timeZone, shown, masks);
  }

  /**
   * @throws InvalidFieldException if there is no such zone
   */
  public CameraSettings withTimeZone(String changed) {
    return with(changed, clockOverlay, masks);
  }

  private CameraSettings with(String zone, boolean clock, List<Mask> changed) {
    return new CameraSettings(zone, country, language, clock, cameraName, changed, guessLimit);
  }

  /** A rectangle that no stream shows, in fractions of the picture, from its top left corner. */
  public record Mask(double x, double y, double width, double height) {
    /** 1, and room for the rounding of a sum. */
    private static final double FULL = 1 + 1e-9;

    public Mask {
      boolean inside =
          x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= FULL && y + height <= FULL;
      if (!inside) {
        throw new InvalidFieldException("masks");
      }
    }
  }

  /**
   * After how many failures in a window guessing is locked, and for how long.
   *
   * @param failures 3 to 10
   * @param windowSeconds 10 to 3,600
   * @param lockSeconds 60 to 3,600
   */
  public record GuessLimit(int failures, int windowSeconds, int lockSeconds) {
    public static final GuessLimit DEFAULT = new GuessLimit(5, 30, 300);

    public GuessLimit {
      boolean sane =
          failures >= 3
              && failures <= 10
              && windowSeconds >= 10
              && windowSeconds <= 3600
              && lockSeconds >= 60
              && lockSeconds <= 3600;
      if (!sane) {
        throw new InvalidFieldException("guessLimit");
      }
    }
  }

  /** A value that the settings do not take. */
  public static final class InvalidFieldException extends IllegalArgumentException {
    private final String field;

    public InvalidFieldException(String field) {
      super("invalid " + field);
      this.field = field;
    }

    public String field() {
      return field;
    }
  }
}
