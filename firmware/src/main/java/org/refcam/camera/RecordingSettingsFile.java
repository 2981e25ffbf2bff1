// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.refcam.keys.SealedFile;
import org.refcam.motion.MotionSettings;
import org.refcam.motion.MotionZone;
import org.refcam.recorder.RecordingSettings.Mode;
import org.refcam.recorder.Retention;
import org.refcam.recorder.WeeklySchedule;
import org.refcam.web.RecordingSettings;

/** The owner's recording settings as sealed JSON, and what they mean. Guarded by its monitor. */
final class RecordingSettingsFile {
  private final SealedFile file;
  private final ObjectMapper json = new ObjectMapper();
  private RecordingSettings current;

  /**
   * @throws IOException if the file is there but cannot be trusted
   */
  RecordingSettingsFile(SealedFile file) throws IOException {
    this.file = file;
    Optional<byte[]> bytes = file.read();
    current =
        bytes.isPresent()
            ? json.readValue(bytes.get(), RecordingSettings.class)
            : RecordingSettings.DEFAULT;
  }

  synchronized RecordingSettings current() {
    return current;
  }

  synchronized void save(RecordingSettings settings) throws IOException {
    file.write(json.writeValueAsBytes(settings));
    current = settings;
  }

  /** For the recorder. */
  synchronized org.refcam.recorder.RecordingSettings recording(ZoneId zone) {
    return new org.refcam.recorder.RecordingSettings(
        Mode.valueOf(current.mode().toUpperCase(Locale.ROOT)),
        Set.copyOf(current.streams()),
        new WeeklySchedule(current.schedule().stream().map(RecordingSettingsFile::span).toList()),
        zone,
        Duration.ofSeconds(current.preRollSeconds()),
        Duration.ofSeconds(current.postRollSeconds()),
        Duration.ofMinutes(current.clipMinutes()),
        new Retention.Limits(current.keepDays(), current.keepMebibytes() << 20));
  }

  /** For the motion detector; empty when nobody needs it. */
  synchronized Optional<MotionSettings> motion() {
    if (!current.motionDetection() && !current.mode().equals("motion")) {
      return Optional.empty();
    }
    List<MotionZone> zones =
        current.zones().stream()
            .map(z -> new MotionZone(z.name(), z.x(), z.y(), z.width(), z.height()))
            .toList();
    return Optional.of(new MotionSettings(current.sensitivity(), zones));
  }

  private static WeeklySchedule.Span span(RecordingSettings.Span span) {
    EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    span.days().forEach(day -> days.add(DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT))));
    return new WeeklySchedule.Span(days, LocalTime.parse(span.from()), LocalTime.parse(span.to()));
  }
}
