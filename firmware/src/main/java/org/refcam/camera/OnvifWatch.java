// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.refcam.onvif.RecordingBook;
import org.refcam.onvif.RecordingControl;
import org.refcam.onvif.RecordingControl.Job;
import org.refcam.onvif.events.EventHub;
import org.refcam.onvif.events.Topic;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second at what has no event of its own, and tells ONVIF's subscribers when it
 * changed. Confined to its thread.
 */
final class OnvifWatch implements AutoCloseable {
  /** The medium of the recordings, as events name it. */
  static final String STORAGE = "recordings";

  /** The camera itself. */
  static final String DEVICE = "camera";

  private static final Logger log = LoggerFactory.getLogger(OnvifWatch.class);

  private final EventHub events;
  private final RecordingControl recordings;
  private final BooleanSupplier storageFailed;
  private final BooleanSupplier updateAvailable;
  private final ScheduledExecutorService looks = DaemonThread.scheduler("onvif-watch");

  OnvifWatch(
      EventHub events,
      RecordingControl recordings,
      BooleanSupplier storageFailed,
      BooleanSupplier updateAvailable) {
    this.events = events;
    this.recordings = recordings;
    this.storageFailed = storageFailed;
    this.updateAvailable = updateAvailable;
  }

  void start() {
    looks.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
  }

  /** Does something soon, on this thread; nothing once the camera closes. */
  void later(Runnable work) {
    try {
      looks.execute(work);
    } catch (RejectedExecutionException e) {
      log.debug("closing: nobody is told any more");
    }
  }

  private void look() {
    try {
      for (Job job : recordings.jobs()) {
        String recording = RecordingBook.token(job.stream());
        String present = Boolean.toString(job.recording());
        events.publish(Topic.JOB_STATE, job.state().word(), "job-" + job.stream());
        events.publish(Topic.RECORDING_STATE, present, recording);
        events.publish(Topic.TRACK_STATE, present, recording, RecordingBook.TRACK);
      }
      events.publish(
          Topic.STORAGE_FAILURE, Boolean.toString(storageFailed.getAsBoolean()), STORAGE);
      events.publish(
          Topic.UPDATE_AVAILABLE, Boolean.toString(updateAvailable.getAsBoolean()), DEVICE);
    } catch (RuntimeException e) { // an executor would drop the looks to come
      log.warn("looking for events", e);
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
