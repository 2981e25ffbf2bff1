// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a system on trial must show before it is trusted: every probe passes before the deadline.
 * Confined to one thread.
 *
 * <p>INV-UPD-6. A system on trial that does not pass every probe within the deadline is given up by
 * itself, and its bundle is not offered again; one that does not come up so far is given up by the
 * boot loader's count. Holds for faults that the probes see. Does not hold against software that
 * means to deceive: that is what signatures are for.
 */
public final class HealthCheck {
  private static final Logger log = LoggerFactory.getLogger(HealthCheck.class);

  /**
   * One thing that must work.
   *
   * @param name a word for the record, such as {@code capture}
   */
  public record Probe(String name, Test test) {}

  /** A try, which is repeated until it passes. It must return within some seconds. */
  @FunctionalInterface
  public interface Test {
    /** Whether it works now; an exception counts as no, and is logged. */
    boolean passes() throws Exception;
  }

  /** Waits, so that tests need not. */
  @FunctionalInterface
  public interface Pause {
    void pause(Duration time) throws InterruptedException;
  }

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final List<Probe> probes;
  private final int tries;
  private final Pause pause;

  /**
   * @param deadline counted in tries half a second apart, so that a clock that is set meanwhile
   *     changes nothing; the boot loader's watchdog bounds a probe that hangs
   */
  public HealthCheck(List<Probe> probes, Duration deadline, Pause pause) {
    this.probes = List.copyOf(probes);
    this.tries = (int) Math.max(1, deadline.dividedBy(BETWEEN));
    this.pause = pause;
  }

  /**
   * @return the name of the probe that never passed; empty if all did
   */
  public Optional<String> run() throws InterruptedException {
    int left = tries;
    for (Probe probe : probes) {
      while (!passes(probe)) {
        if (--left <= 0) {
          return Optional.of(probe.name());
        }
        pause.pause(BETWEEN);
      }
      log.info("health: {} works", probe.name());
    }
    return Optional.empty();
  }

  private static boolean passes(Probe probe) throws InterruptedException {
    try {
      return probe.test().passes();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // whatever goes wrong, it does not work yet
      log.info("health: {} does not work yet: {}", probe.name(), e.toString());
      return false;
    }
  }
}
