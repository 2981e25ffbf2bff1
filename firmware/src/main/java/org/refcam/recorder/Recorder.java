// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.refcam.motion.MotionEvent;
import org.refcam.stream.Streams;
import org.refcam.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All recording of one camera: a recorder for each stream and the retention's round every five
 * seconds. Safe from any thread.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final long ROUND_SECONDS = 5;

  private final Clock clock;
  private final Retention retention;
  private final List<StreamRecorder> recorders;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "retention"));
  private volatile boolean failing;

  /**
   * @param nanoTime the capture clock, {@link System#nanoTime}
   */
  public Recorder(
      Vault vault,
      DiskSpace space,
      Streams streams,
      Thumbnails thumbnails,
      RecordingSettings settings,
      Clock clock,
      LongSupplier nanoTime) {
    this.clock = clock;
    retention = new Retention(vault, space, settings.limits());
    WallClock wallClock = new WallClock(clock, nanoTime);
    recorders =
        streams.all().stream()
            .map(s -> new StreamRecorder(s, vault, retention, thumbnails, wallClock, settings))
            .toList();
  }

  public void start() {
    round();
    recorders.forEach(StreamRecorder::start);
    rounds.scheduleWithFixedDelay(this::round, ROUND_SECONDS, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  public void settings(RecordingSettings settings) {
    retention.limits(settings.limits());
    recorders.forEach(recorder -> recorder.settings(settings));
  }

  /** Movement began or ended. Never blocks. */
  public void motion(MotionEvent event) {
    recorders.forEach(recorder -> recorder.motion(event));
  }

  /** One for each stream, in the streams' order. */
  public List<RecorderStatus> status() {
    return recorders.stream().map(StreamRecorder::status).toList();
  }

  /** Ends what is being recorded. The vault stays open. */
  @Override
  public void close() {
    recorders.forEach(StreamRecorder::close);
    rounds.shutdownNow();
    try {
      rounds.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One round of the retention; of a test too, whose clock does not tick. */
  synchronized void round() {
    try {
      retention.round(clock.instant());
      failing = false;
    } catch (IOException | RuntimeException e) { // an executor would drop the rounds to come
      if (!failing) {
        log.warn("retention: {}", e.toString());
      }
      failing = true;
    }
  }
}
