// SPDX-License-Identifier: Apache-2.0
package org.refcam.health;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.refcam.threads.DaemonThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager that the camera serves, and again and again that it still does, as
 * sd_notify(3) says. Says nothing while a sign of life is missing, and by that makes the manager
 * kill and restart a process that neither serves nor ends. Safe from any thread.
 *
 * <p>INV-HEALTH-2. While a sign of life fails or does not return, the service manager is not told
 * that the camera lives. Holds for doors that do not answer on this machine. Does not hold for what
 * no sign looks at: a source that gives no picture, a disk that fails, a network that is gone; a
 * restart would mend none of them.
 */
public final class Watchdog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /** Looks within the manager's patience; one that fails by chance ends nobody. */
  private static final int LOOKS = 4;

  /** Sends one message to the manager. */
  @FunctionalInterface
  public interface Manager {
    void tell(String state) throws IOException;
  }

  /** Something that only a camera that lives can do. */
  @FunctionalInterface
  public interface Sign {
    /** Whether it does it now; an exception counts as no. Should return within some seconds. */
    boolean seen() throws Exception;
  }

  private final Manager manager;
  private final List<Sign> signs;
  private final ScheduledExecutorService looks = DaemonThread.scheduler("watchdog");

  public Watchdog(Manager manager, List<Sign> signs) {
    this.manager = manager;
    this.signs = List.copyOf(signs);
  }

  /**
   * How long the manager waits for a word before it kills.
   *
   * @param environment {@code WATCHDOG_USEC} in microseconds; {@code WATCHDOG_PID}, if there, must
   *     be of this process
   * @param pid of this process
   * @return empty if it does not
   */
  public static Optional<Duration> patience(Map<String, String> environment, long pid) {
    String owner = environment.getOrDefault("WATCHDOG_PID", "");
    if (!owner.isEmpty() && !owner.equals(Long.toString(pid))) {
      return Optional.empty();
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return micros > 0 ? Optional.of(Duration.of(micros, ChronoUnit.MICROS)) : Optional.empty();
    } catch (NumberFormatException e) {
      log.warn("WATCHDOG_USEC is no number; nobody watches");
      return Optional.empty();
    }
  }

  /** The camera serves; from now on it is looked after, if the manager has a patience. */
  public void serving(Optional<Duration> patience) {
    tell("READY=1");
    patience.ifPresent(
        all -> {
          long every = all.toMillis() / LOOKS;
          looks.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
        });
  }

  void look() {
    for (Sign sign : signs) {
      if (!seen(sign)) {
        return;
      }
    }
    tell("WATCHDOG=1");
  }

  private static boolean seen(Sign sign) {
    try {
      if (sign.seen()) {
        return true;
      }
      log.warn("a sign of life is missing");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // whatever goes wrong, it is no sign of life
      log.warn("a sign of life is missing: {}", e.toString());
    }
    return false;
  }

  private void tell(String state) {
    try {
      manager.tell(state);
    } catch (IOException e) {
      log.warn("the service manager does not hear {}: {}", state, e.getMessage());
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
