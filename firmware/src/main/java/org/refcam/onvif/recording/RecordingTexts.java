// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.recording;

import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.RecordingBook;
import org.refcam.onvif.RecordingControl;
import org.refcam.onvif.RecordingControl.Texts;
import org.refcam.onvif.Values;
import org.refcam.onvif.schema.RecordingTypes.RecordingConfiguration;
import org.refcam.onvif.schema.RecordingTypes.RecordingSourceInformation;
import org.refcam.onvif.schema.RecordingTypes.TrackConfiguration;

/** What is written about recordings and how long they are kept. Safe from any thread. */
final class RecordingTexts {
  /** The longest text that a client may write about a recording. */
  static final int LONGEST = 128;

  private final RecordingBook book;
  private final RecordingControl control;

  RecordingTexts(RecordingBook book) {
    this.book = book;
    this.control = book.control();
  }

  RecordingConfiguration configuration(String stream) {
    RecordingConfiguration made = new RecordingConfiguration();
    made.Source = book.source(stream);
    made.Content = control.texts(stream).content();
    made.MaximumRetentionTime = Duration.ofDays(control.keepDays()).toString();
    return made;
  }

  TrackConfiguration track(String stream) {
    TrackConfiguration made = new TrackConfiguration();
    made.TrackType = "Video";
    made.Description = control.texts(stream).track();
    return made;
  }

  void set(String stream, RecordingConfiguration wanted) {
    RecordingSourceInformation source = Values.required(wanted.Source, "Source");
    Texts texts =
        new Texts(
            text(source.SourceId),
            text(source.Name),
            text(source.Location),
            text(source.Description),
            text(source.Address),
            text(wanted.Content),
            control.texts(stream).track());
    int days = days(Values.required(wanted.MaximumRetentionTime, "MaximumRetentionTime"));
    Values.store(
        () -> {
          control.texts(stream, texts);
          if (days != control.keepDays()) {
            control.keepDays(days);
          }
        });
  }

  void set(String stream, TrackConfiguration wanted) {
    if (!"Video".equals(wanted.TrackType)) {
      throw bad("a track stays what it is");
    }
    Texts now = control.texts(stream);
    Texts changed =
        new Texts(
            now.sourceId(),
            now.name(),
            now.location(),
            now.description(),
            now.address(),
            now.content(),
            text(wanted.Description));
    Values.store(() -> control.texts(stream, changed));
  }

  /** Whole days, rounded up: nothing is erased before the time that was asked for. */
  private static int days(String duration) {
    try {
      Duration wanted = Duration.parse(duration.strip());
      long days = wanted.plusDays(1).minusNanos(1).toDays();
      if (wanted.isNegative() || days > RecordingControl.MOST_DAYS) {
        throw bad("a retention time of 0 to " + RecordingControl.MOST_DAYS + " days");
      }
      return (int) days;
    } catch (DateTimeException | ArithmeticException e) {
      OnvifFault fault = bad("no duration of days, hours, minutes and seconds");
      fault.initCause(e);
      throw fault;
    }
  }

  private static String text(@Nullable String text) {
    String given = text == null ? "" : text;
    if (given.length() > LONGEST || given.chars().anyMatch(Character::isISOControl)) {
      throw bad("a text of up to " + LONGEST + " letters");
    }
    return given;
  }

  private static OnvifFault bad(String text) {
    return OnvifFault.invalid("BadConfiguration", text);
  }
}
