// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.EventType;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every second whether the medium of the recordings works, and is the one place that the
 * audit log and ONVIF's subscribers learn it from. {@link #look} is confined to the watch's thread,
 * {@link #failed} may be asked by any.
 */
final class StorageWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StorageWatch.class);

  private final Supplier<Optional<StorageAlarm.Trouble>> medium;
  private final LongSupplier nanoTime;
  private final Consumer<AuditEvent> audit;
  private final StorageAlarm alarm = new StorageAlarm();
  private final ScheduledExecutorService looks = DaemonThread.scheduler("storage-watch");
  private volatile boolean failed;

  /**
   * @param medium the trouble there is at the moment
   * @param nanoTime {@link System#nanoTime}
   */
  StorageWatch(
      Supplier<Optional<StorageAlarm.Trouble>> medium,
      LongSupplier nanoTime,
      Consumer<AuditEvent> audit) {
    this.medium = medium;
    this.nanoTime = nanoTime;
    this.audit = audit;
  }

  void start() {
    looks.scheduleWithFixedDelay(this::guardedLook, 0, 1, TimeUnit.SECONDS);
  }

  /** Whether recording stopped, or stops again and again, because of its medium. */
  boolean failed() {
    return failed;
  }

  void look() {
    Optional<String> news = alarm.look(medium.get(), nanoTime.getAsLong());
    failed = alarm.raised();
    news.ifPresent(
        state ->
            audit.accept(AuditEvent.ofCamera(EventType.RECORDING_STORAGE, Map.of("state", state))));
  }

  private void guardedLook() {
    try {
      look();
    } catch (RuntimeException e) { // an executor would drop the looks to come
      log.warn("looking at the recordings' medium", e);
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
