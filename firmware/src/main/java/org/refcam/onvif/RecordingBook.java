// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.RecordingControl.Job;
import org.refcam.onvif.RecordingControl.Texts;
import org.refcam.onvif.schema.RecordingTypes.RecordingSourceInformation;
import org.refcam.onvif.schema.SearchTypes.RecordingInformation;
import org.refcam.onvif.schema.SearchTypes.TrackInformation;
import org.refcam.vault.RecordedSpan;
import org.refcam.vault.Vault;

/** The recordings by their tokens, for the three services about them. Safe from any thread. */
public final class RecordingBook {
  /** The token of a recording's one track. */
  public static final String TRACK = "video";

  private static final String PREFIX = "recording-";

  private final RecordingControl control;
  private final Clock clock;

  RecordingBook(RecordingControl control, Clock clock) {
    this.control = control;
    this.clock = clock;
  }

  public RecordingControl control() {
    return control;
  }

  public Instant now() {
    return clock.instant();
  }

  public static String token(String stream) {
    return PREFIX + stream;
  }

  /**
   * The stream of a recording.
   *
   * @param detail the fault's subcode, such as NoRecording
   * @throws OnvifFault InvalidArgVal if there is no such recording
   */
  public String require(@Nullable String token, String detail) {
    return control.streams().stream()
        .filter(stream -> token(stream).equals(token))
        .findFirst()
        .orElseThrow(() -> OnvifFault.invalid(detail, "there is no such recording"));
  }

  /**
   * @throws OnvifFault InvalidArgVal/NoTrack unless it is the one there is
   */
  public static void requireTrack(@Nullable String token) {
    if (!TRACK.equals(token)) {
      throw OnvifFault.invalid("NoTrack", "there is no such track");
    }
  }

  /** Where recordings are, or a fault that says that there are none. */
  public Vault vault() {
    return control
        .vault()
        .orElseThrow(
            () -> OnvifFault.of(OnvifFault.Code.ACTION, "the recordings cannot be opened"));
  }

  public Optional<RecordedSpan> span(String stream) {
    return control.vault().flatMap(vault -> vault.span(stream));
  }

  public Optional<Job> job(String stream) {
    return control.jobs().stream().filter(job -> job.stream().equals(stream)).findFirst();
  }

  public RecordingSourceInformation source(String stream) {
    Texts texts = control.texts(stream);
    RecordingSourceInformation made = new RecordingSourceInformation();
    made.SourceId = texts.sourceId();
    made.Name = texts.name();
    made.Location = texts.location();
    made.Description = texts.description();
    made.Address = texts.address();
    return made;
  }

  /** All that is known of a recording; a track without pictures lies at the present moment. */
  public RecordingInformation information(String stream) {
    Optional<RecordedSpan> span = span(stream);
    RecordingInformation made = new RecordingInformation();
    made.RecordingToken = token(stream);
    made.Source = source(stream);
    span.ifPresent(
        is -> {
          made.EarliestRecording = text(is.from());
          made.LatestRecording = text(is.until());
        });
    made.Content = control.texts(stream).content();
    made.Track = List.of(track(stream));
    boolean recording = job(stream).map(Job::recording).orElse(false);
    made.RecordingStatus = recording ? "Recording" : span.isPresent() ? "Stopped" : "Initiated";
    return made;
  }

  public TrackInformation track(String stream) {
    RecordedSpan span = span(stream).orElseGet(() -> new RecordedSpan(now(), now()));
    TrackInformation track = new TrackInformation();
    track.TrackToken = TRACK;
    track.TrackType = "Video";
    track.Description = control.texts(stream).track();
    track.DataFrom = text(span.from());
    track.DataTo = text(span.until());
    return track;
  }

  /** As XML Schema writes a moment, in UTC. */
  public static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
