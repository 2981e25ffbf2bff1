// SPDX-License-Identifier: Apache-2.0
package org.refcam.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.refcam.health.StartRecord.Running;
import org.refcam.storage.FileWrites;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts starts that crash, remembers where, and says when to start safely: with the page, updates
 * and erasure, and without what handles pictures.
 *
 * <pre>
 *   begin ── failed(exception) ─► crash         ended ─► forgotten
 *     │                                         lasted ─► the count is 0 again
 *     └─ begin again, same boot of the board, nothing written down ─► crash
 *        begin again, another boot ─► the power was cut: nobody's fault
 * </pre>
 *
 * A medium that cannot be written costs the record and never the start. Guarded by its monitor.
 */
public final class Starts {
  private static final Logger log = LoggerFactory.getLogger(Starts.class);

  /** So many crashes are remembered. */
  public static final int CRASHES_MAX = 16;

  /**
   * Which software starts.
   *
   * @param slot that it runs from; empty where there are none
   * @param boot which start of the board this is, as the kernel names it
   */
  public record Software(String version, String slot, String boot) {}

  private final StartRecordFile file;
  private final Software software;
  private final Optional<Path> errorFile;
  private final int safeAfter;
  private final Clock clock;
  private StartRecord record = StartRecord.EMPTY;
  private boolean safe;

  /**
   * @param directory of the record
   * @param errorFile where the Java machine writes when it crashes; taken and deleted
   * @param safeAfter crashes in a row after which a start is safe, above 0
   */
  public Starts(
      Path directory,
      FileWrites writes,
      Software software,
      Optional<Path> errorFile,
      int safeAfter,
      Clock clock) {
    if (safeAfter < 1) {
      throw new IllegalArgumentException("safe after " + safeAfter + " crashes");
    }
    this.file = new StartRecordFile(directory, writes);
    this.software = software;
    this.errorFile = errorFile;
    this.safeAfter = safeAfter;
    this.clock = clock;
  }

  /**
   * A start begins.
   *
   * @param onTrial software on trial starts whole or is given up; it never starts safely
   * @return whether to start safely
   */
  public synchronized boolean begin(boolean onTrial) {
    try {
      StartRecord before = file.read();
      Optional<CrashCause> machine = takeErrorFile();
      Optional<Running> last = before.running();
      StartRecord now = before.of(software.version());
      if (last.isPresent() && (machine.isPresent() || last.get().boot().equals(software.boot()))) {
        now = now.crashed(crash(last.get(), machine.orElse(CrashCause.UNKNOWN)));
      }
      record = now;
    } catch (IOException e) {
      log.error("the record of starts cannot be read", e);
    }
    safe = !onTrial && record.inARow() >= safeAfter;
    save(
        record.running(
            Optional.of(
                new Running(
                    clock.instant(), software.version(), software.slot(), software.boot()))));
    if (safe) {
      log.error("{} starts in a row crashed: this one is safe, without pictures", record.inARow());
    }
    return safe;
  }

  /** This start failed. */
  public synchronized void failed(Throwable failure) {
    record.running().ifPresent(start -> save(record.crashed(crash(start, CrashCause.of(failure)))));
  }

  /** This start ends because somebody wanted it to. */
  public synchronized void ended() {
    if (record.running().isPresent()) {
      save(record.running(Optional.empty()));
    }
  }

  /** This start has served for long. */
  public synchronized void lasted() {
    if (!safe && record.inARow() > 0) {
      save(record.count(0));
    }
  }

  /**
   * The next start is to be whole.
   *
   * @param once whether one crash then is enough to be safe again; otherwise the count begins anew
   */
  public synchronized void startWhole(boolean once) {
    save(record.count(once ? safeAfter - 1 : 0));
  }

  /** Whether this start is safe. */
  public synchronized boolean safe() {
    return safe;
  }

  /** The newest last. */
  public synchronized List<Crash> crashes() {
    return record.crashes();
  }

  private Optional<CrashCause> takeErrorFile() throws IOException {
    if (errorFile.isEmpty()) {
      return Optional.empty();
    }
    Optional<CrashCause> cause = CrashCause.ofErrorFile(errorFile.get());
    Files.deleteIfExists(errorFile.get());
    return cause;
  }

  private Crash crash(Running start, CrashCause cause) {
    long seconds = Duration.between(start.since(), clock.instant()).toSeconds();
    return new Crash(
        clock.instant(),
        start.version(),
        start.slot(),
        Math.max(0, seconds),
        cause.cause(),
        cause.where());
  }

  private void save(StartRecord next) {
    record = next;
    try {
      file.write(next);
    } catch (IOException e) {
      log.error("the record of starts cannot be written", e);
    }
  }
}
