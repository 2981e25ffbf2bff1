// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.recording;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.RecordingBook;
import org.refcam.onvif.RecordingControl;
import org.refcam.onvif.RecordingControl.Job;
import org.refcam.onvif.RecordingControl.JobState;
import org.refcam.onvif.Values;
import org.refcam.onvif.schema.RecordingTypes.GetRecordingJobsResponseItem;
import org.refcam.onvif.schema.RecordingTypes.RecordingJobConfiguration;
import org.refcam.onvif.schema.RecordingTypes.RecordingJobSource;
import org.refcam.onvif.schema.RecordingTypes.RecordingJobStateInformation;
import org.refcam.onvif.schema.RecordingTypes.RecordingJobStateSource;
import org.refcam.onvif.schema.RecordingTypes.RecordingJobStateTrack;
import org.refcam.onvif.schema.RecordingTypes.RecordingJobStateTracks;
import org.refcam.onvif.schema.RecordingTypes.RecordingJobTrack;
import org.refcam.onvif.schema.RecordingTypes.SourceReference;

/** Recording jobs: each takes its stream's pictures into its recording. Safe from any thread. */
final class JobDesk {
  private static final String PREFIX = "job-";
  private static final String PROFILE = "http://www.onvif.org/ver10/schema/Profile";

  private final RecordingBook book;
  private final RecordingControl control;

  JobDesk(RecordingBook book) {
    this.book = book;
    this.control = book.control();
  }

  static String token(String stream) {
    return PREFIX + stream;
  }

  List<GetRecordingJobsResponseItem> list() {
    return control.jobs().stream()
        .map(
            job -> {
              GetRecordingJobsResponseItem item = new GetRecordingJobsResponseItem();
              item.JobToken = token(job.stream());
              item.JobConfiguration = configuration(job);
              return item;
            })
        .toList();
  }

  /**
   * @return the stream that the new job records
   */
  String create(RecordingJobConfiguration wanted) {
    String stream = book.require(wanted.RecordingToken, "NoRecording");
    requireSource(stream, wanted);
    if (book.job(stream).isPresent()) {
      throw OnvifFault.of(Code.ACTION, "MaxRecordingJobs", "the recording has its one job");
    }
    store(stream, wanted);
    return stream;
  }

  void delete(@Nullable String token) {
    Job job = require(token);
    Values.store(() -> control.removeJob(job.stream()));
  }

  RecordingJobConfiguration configuration(@Nullable String token) {
    return configuration(require(token));
  }

  void set(@Nullable String token, RecordingJobConfiguration wanted) {
    Job job = require(token);
    if (!RecordingBook.token(job.stream()).equals(wanted.RecordingToken)) {
      throw bad("a job stays with its recording");
    }
    requireSource(job.stream(), wanted);
    store(job.stream(), wanted);
  }

  void mode(@Nullable String token, String mode) {
    Job job = require(token);
    boolean active = active(mode);
    Values.store(() -> control.job(job.stream(), active, job.priority()));
  }

  RecordingJobStateInformation state(@Nullable String token) {
    Job job = require(token);
    RecordingJobStateTrack track = new RecordingJobStateTrack();
    track.SourceTag = RecordingBook.TRACK;
    track.Destination = RecordingBook.TRACK;
    track.State = job.state().word();
    if (job.state() == JobState.ERROR) {
      track.Error = "The medium is full or fails.";
    }
    RecordingJobStateSource source = new RecordingJobStateSource();
    source.SourceToken = source(job.stream());
    source.State = job.state().word();
    source.Tracks = new RecordingJobStateTracks();
    source.Tracks.Track.add(track);
    RecordingJobStateInformation made = new RecordingJobStateInformation();
    made.RecordingToken = RecordingBook.token(job.stream());
    made.State = job.state().word();
    made.Sources.add(source);
    return made;
  }

  private void store(String stream, RecordingJobConfiguration wanted) {
    boolean active = active(Values.required(wanted.Mode, "Mode"));
    int priority = Values.required(wanted.Priority, "Priority");
    if (priority < 0) {
      throw bad("a priority from 0");
    }
    Values.store(() -> control.job(stream, active, priority));
  }

  private static boolean active(String mode) {
    return switch (mode) {
      case "Active" -> true;
      case "Idle" -> false;
      default -> throw OnvifFault.invalid("BadMode", "a job is Active or Idle");
    };
  }

  /** The camera records itself only: a receiver, or another stream's profile, is refused. */
  private static void requireSource(String stream, RecordingJobConfiguration wanted) {
    boolean good = wanted.Source.size() <= 1 && wanted.ScheduleToken == null;
    for (RecordingJobSource source : wanted.Source) {
      SourceReference from = source.SourceToken;
      good &= !Boolean.TRUE.equals(source.AutoCreateReceiver) && source.Tracks.size() <= 1;
      good &= from != null && PROFILE.equals(from.Type) && stream.equals(from.Token);
      for (RecordingJobTrack track : source.Tracks) {
        good &= RecordingBook.TRACK.equals(track.Destination);
      }
    }
    if (!good) {
      throw bad("a job takes one track from the profile of its own stream");
    }
  }

  private RecordingJobConfiguration configuration(Job job) {
    RecordingJobTrack track = new RecordingJobTrack();
    track.SourceTag = RecordingBook.TRACK;
    track.Destination = RecordingBook.TRACK;
    RecordingJobSource source = new RecordingJobSource();
    source.SourceToken = source(job.stream());
    source.Tracks.add(track);
    RecordingJobConfiguration made = new RecordingJobConfiguration();
    made.RecordingToken = RecordingBook.token(job.stream());
    made.Mode = job.active() ? "Active" : "Idle";
    made.Priority = job.priority();
    made.Source.add(source);
    return made;
  }

  private static SourceReference source(String stream) {
    SourceReference made = new SourceReference();
    made.Token = stream;
    made.Type = PROFILE;
    return made;
  }

  private Job require(@Nullable String token) {
    return control.jobs().stream()
        .filter(job -> token(job.stream()).equals(token))
        .findFirst()
        .orElseThrow(() -> OnvifFault.invalid("NoRecordingJob", "there is no such job"));
  }

  private static OnvifFault bad(String text) {
    return OnvifFault.invalid("BadConfiguration", text);
  }
}
