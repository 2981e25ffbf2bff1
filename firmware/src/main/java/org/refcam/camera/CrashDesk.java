// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.refcam.health.Crash;
import org.refcam.health.Starts;
import org.refcam.storage.FileWrites;
import org.refcam.threads.DaemonThread;
import org.refcam.update.SlotState;
import org.refcam.update.Slots;
import org.refcam.web.HealthControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This start in the record of starts, and what follows from it: a safe start serves page, updates
 * and erasure, tries the whole camera again after an hour, and one crash then makes the next start
 * safe again. Without {@code --safe-mode-after} nothing is recorded. Safe from any thread.
 */
final class CrashDesk implements HealthControl, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CrashDesk.class);
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** A start that served for so long did not crash at its start. */
  private static final Duration LASTED = Duration.ofMinutes(10);

  private static final Duration TRY_AGAIN = Duration.ofHours(1);

  private final Optional<Starts> starts;
  private final Runnable restart;
  private final ScheduledExecutorService later = DaemonThread.scheduler("health");

  private CrashDesk(Optional<Starts> starts, Runnable restart) {
    this.starts = starts;
    this.restart = restart;
  }

  /**
   * Begins this start.
   *
   * @param restart replaces the process a moment later
   */
  static CrashDesk begin(RunOptions options, FileWrites writes, Clock clock, Runnable restart)
      throws IOException {
    if (options.health.safeModeAfter <= 0) {
      return new CrashDesk(Optional.empty(), restart);
    }
    Slots slots = BoardSlots.of(options.data);
    Starts starts =
        new Starts(
            options.data.resolve("health"),
            writes,
            new Starts.Software(
                Main.version(), slots.running().name(), Files.readString(BOOT_ID).strip()),
            options.health.errorFile(),
            options.health.safeModeAfter,
            clock);
    SlotState state = slots.state();
    boolean safe = starts.begin(state.onTrial(slots.running()));
    CrashDesk desk = new CrashDesk(Optional.of(starts), restart);
    if (safe) {
      desk.in(TRY_AGAIN, () -> desk.startWhole(true));
    } else {
      desk.in(LASTED, starts::lasted);
    }
    return desk;
  }

  private void in(Duration time, Runnable what) {
    later.schedule(what, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The camera did not come up. */
  void failed(Exception failure) {
    if (failure instanceof RestartException) {
      starts.ifPresent(Starts::ended);
    } else {
      starts.ifPresent(all -> all.failed(failure));
    }
  }

  @Override
  public boolean safeMode() {
    return starts.map(Starts::safe).orElse(false);
  }

  @Override
  public List<Map<String, Object>> crashes() {
    return starts.stream().flatMap(all -> all.crashes().stream()).map(CrashDesk::json).toList();
  }

  private static Map<String, Object> json(Crash crash) {
    return Map.of(
        "time", crash.time().toString(),
        "version", crash.version(),
        "slot", crash.slot(),
        "seconds", crash.seconds(),
        "cause", crash.cause(),
        "where", crash.where());
  }

  @Override
  public void startWhole() {
    startWhole(false);
  }

  private void startWhole(boolean once) {
    log.warn("the whole camera is tried again");
    starts.ifPresent(all -> all.startWhole(once));
    restart();
  }

  /** Replaces the process a moment later, which is no crash. */
  void restart() {
    close();
    restart.run();
  }

  /** This start ends in the ordinary way. */
  @Override
  public void close() {
    later.shutdownNow();
    starts.ifPresent(Starts::ended);
  }
}
