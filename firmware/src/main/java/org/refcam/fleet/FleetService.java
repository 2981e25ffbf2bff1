// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.EgressRefusedException;
import org.refcam.keys.SealedFile;
import org.refcam.threads.DaemonThread;
import org.refcam.threads.Jitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the fleet's server on a thread of its own, as often as the server wishes within bounds and
 * with jitter, so that a million cameras do not ask together. Public methods may be called from any
 * thread.
 */
public final class FleetService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FleetService.class);
  private static final Duration FIRST_WITHIN = Duration.ofSeconds(10);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(2);
  private static final double JITTER = 0.1;

  /**
   * How it goes.
   *
   * @param lastAnswer when the server last answered as it should
   * @param problem a word for why it did not the last time; empty if it did
   * @param question what waits for the owner
   */
  public record State(
      Optional<Instant> lastAnswer, String problem, Optional<FleetClient.Question> question) {}

  private final Function<FleetSettings, FleetWeb> ways;
  private final FleetSoftware software;
  private final SealedFile memory;
  private final Clock clock;
  private final Jitter jitter;
  private final ScheduledExecutorService thread = DaemonThread.scheduler("fleet");
  private volatile Optional<FleetClient> client = Optional.empty();
  private volatile Optional<Instant> lastAnswer = Optional.empty();
  private volatile String problem = "";
  private @Nullable Future<?> next; // confined to the thread

  /**
   * @param ways makes the way to a server
   * @param memory keeps what the server was told
   */
  public FleetService(
      Function<FleetSettings, FleetWeb> ways,
      FleetSoftware software,
      SealedFile memory,
      Clock clock,
      Random jitter) {
    this.ways = ways;
    this.software = software;
    this.memory = memory;
    this.clock = clock;
    this.jitter = new Jitter(jitter);
  }

  /** Follows settings, from the next moment on. */
  public void settings(FleetSettings changed) {
    thread.execute(() -> follow(changed));
  }

  private void follow(FleetSettings changed) {
    problem = "";
    lastAnswer = Optional.empty();
    try {
      client =
          changed.enabled()
              ? Optional.of(new FleetClient(changed, ways.apply(changed), software, memory))
              : Optional.empty();
      schedule(jitter.within(FIRST_WITHIN));
    } catch (IOException e) {
      log.error("what was told to the fleet's server cannot be read", e);
      problem = "disk";
    }
  }

  public State state() {
    return new State(lastAnswer, problem, client.flatMap(FleetClient::question));
  }

  /** Carries the owner's word, soon. */
  public void decide(String action, boolean agreed) {
    client.ifPresent(one -> one.decide(action, agreed));
    thread.execute(() -> schedule(Duration.ZERO));
  }

  private void schedule(Duration delay) {
    if (next != null) {
      next.cancel(false);
    }
    if (client.isPresent()) {
      next = thread.schedule(this::ask, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void ask() {
    Duration wait = AFTER_FAILURE;
    try {
      wait = client.orElseThrow(IllegalStateException::new).poll();
      lastAnswer = Optional.of(clock.instant());
      problem = "";
    } catch (FleetException e) {
      problem = e.reason().name().toLowerCase(Locale.ROOT);
      log.warn("fleet ({}): {}", e.reason(), e.getMessage());
    } catch (EgressRefusedException e) {
      problem = "refused_by_policy";
      log.warn("fleet: the way out refuses the server", e);
    } catch (IOException e) {
      problem = "unreachable";
      log.info("fleet: the server does not answer: {}", e.toString());
    }
    schedule(wait.plus(jitter.within(Duration.ofMillis((long) (wait.toMillis() * JITTER)))));
  }

  @Override
  public void close() {
    if (!DaemonThread.stop(thread)) {
      log.warn("the question to the fleet's server did not stop in time");
    }
  }
}
