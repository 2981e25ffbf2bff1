// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.refcam.image.BundleManifest;
import org.refcam.threads.DaemonThread;
import org.refcam.threads.Jitter;
import org.refcam.update.UpdateException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link Updates} on a thread of its own: asks at start and daily, with jitter so that many
 * cameras do not ask together, fetches, installs and restarts by {@link RestartRule}. Public
 * methods may be called from any thread.
 */
public final class UpdateService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UpdateService.class);
  private static final Duration FIRST_CHECK_WITHIN = Duration.ofSeconds(30);
  private static final Duration DAILY = Duration.ofHours(22);
  private static final Duration DAILY_JITTER = Duration.ofHours(4);
  private static final Duration AGAIN_AFTER_FAILURE = Duration.ofMinutes(10);
  private static final Duration TICK = Duration.ofSeconds(30);

  /** What it is doing now. */
  public enum Activity {
    IDLE,
    CHECKING,
    FETCHING,
    RECEIVING,
    INSTALLING,
    /** A system on trial proves that it is healthy. */
    TRIAL
  }

  /**
   * One moment.
   *
   * @param bytes of the bundle that are here, while fetching or receiving
   * @param restartable whether this camera can restart itself; otherwise somebody must
   */
  public record Status(
      UpdateSettings settings,
      UpdateRecord record,
      Activity activity,
      long bytes,
      boolean restartable) {}

  private final Updates updates;
  private final UpdateWeb web;
  private final Clock clock;
  private final Jitter jitter;
  private final Supplier<ZoneId> zone;
  private final Optional<Runnable> restart;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final ScheduledExecutorService thread = DaemonThread.scheduler("update");
  private volatile Activity activity = Activity.IDLE;
  private volatile long bytes;
  private volatile Orders orders = Orders.NONE;

  /**
   * @param zone of the quiet hours
   * @param restart ends this process so that the boot loader chooses again; empty if nobody would
   *     start it
   */
  public UpdateService(
      Updates updates,
      UpdateWeb web,
      Clock clock,
      Random jitter,
      Supplier<ZoneId> zone,
      Optional<Runnable> restart) {
    this.updates = updates;
    this.web = web;
    this.clock = clock;
    this.jitter = new Jitter(jitter);
    this.zone = zone;
    this.restart = restart;
  }

  /**
   * Begins.
   *
   * @param health what a system on trial must show; run first, and nothing else before. Otherwise
   *     an installation that was cut off is begun again first
   */
  public void start(Updates.Start start, HealthCheck health) {
    if (start == Updates.Start.TRIAL) {
      activity = Activity.TRIAL;
      thread.execute(() -> prove(health));
    } else if (updates.installationBegun() && busy.compareAndSet(false, true)) {
      thread.execute(() -> attempt(() -> installAndRestart(false)));
    }
    if (updates.settings().repository().isPresent()) {
      later(jitter.within(FIRST_CHECK_WITHIN), this::periodic);
    }
    thread.scheduleWithFixedDelay(
        this::restartIfDue, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  public Status status() {
    return new Status(updates.settings(), updates.record(), activity, bytes, restart.isPresent());
  }

  /**
   * Asks the repository and, if wished, goes on to install and restart at once.
   *
   * @throws UpdateException BUSY, NO_SOURCE
   */
  public void checkNow(boolean install) throws UpdateException {
    if (updates.settings().repository().isEmpty()
        && updates.record().phase() != UpdateRecord.Phase.ARMED) {
      throw new UpdateException(Reason.NO_SOURCE, "no address was given to ask");
    }
    claim();
    thread.execute(() -> attempt(() -> cycle(install)));
  }

  /**
   * Receives a bundle, and installs it once its signature is known to be good.
   *
   * @return its description
   * @throws UpdateException as {@link Updates#bring}
   */
  public BundleManifest bring(InputStream in) throws IOException, UpdateException {
    claim();
    boolean handedOver = false;
    try {
      BundleManifest manifest = onThread(() -> receive(in));
      thread.execute(() -> attempt(() -> installAndRestart(true)));
      handedOver = true;
      return manifest;
    } finally {
      if (!handedOver) {
        idle();
      }
    }
  }

  private BundleManifest receive(InputStream in) throws IOException, UpdateException {
    activity = Activity.RECEIVING;
    try {
      return updates.bring(in, received -> bytes = received);
    } catch (UpdateException e) {
      updates.problem(e.reason());
      throw e;
    }
  }

  /**
   * Brings an order forward: fetches, verifies and installs what is not there yet, and returns at
   * once. {@link #ordered} says how it goes; an order that broke off is to be given again.
   *
   * @throws UpdateException BUSY
   */
  public void order(UpdateWeb way, Order order) throws UpdateException {
    claim();
    orders = orders.begun(order.sha256());
    thread.execute(() -> attempt(() -> follow(way, order)));
  }

  private void follow(UpdateWeb way, Order order) throws IOException, UpdateException {
    try {
      if (updates.record().phase() != UpdateRecord.Phase.ARMED) {
        activity = Activity.FETCHING;
        updates.order(
            way, order.uri(), order.sha256(), order.length(), n -> count(order.sha256(), n));
      }
      if (order.install() && !orders.isWithdrawn(order.sha256())) {
        installAndRestart(order.restart());
      }
    } catch (UpdateException e) {
      orders = orders.refused(order.sha256(), e.reason());
      throw e;
    } catch (CancellationException e) {
      log.info("the order of {} is taken back", order.sha256());
    }
  }

  private void count(String sha256, long received) {
    bytes = received;
    if (orders.isWithdrawn(sha256)) {
      throw new CancellationException();
    }
  }

  /** How far an ordered bundle came, whenever it was ordered. */
  public Orders.Progress ordered(String sha256) {
    return orders.progress(updates.record(), sha256, busy.get(), bytes);
  }

  /**
   * Takes an order back; waits for the step that is under way.
   *
   * @return false if it is too late
   */
  public boolean withdraw(String sha256) throws IOException, UpdateException {
    if (activity == Activity.TRIAL) {
      return false;
    }
    orders = orders.withdrawn(sha256);
    return onThread(() -> updates.withdraw(sha256));
  }

  /** Puts the restart off, within bounds. */
  public void postpone(Duration wish) throws IOException, UpdateException {
    onThread(
        () -> {
          updates.postpone(RestartRule.postponed(updates.record(), clock.instant(), wish));
          return true;
        });
  }

  private <T> T onThread(Callable<T> work) throws IOException, UpdateException {
    try {
      return thread.submit(work).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UpdateException refused) {
        throw refused;
      }
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void claim() throws UpdateException {
    if (activity == Activity.TRIAL || !busy.compareAndSet(false, true)) {
      throw new UpdateException(Reason.BUSY, "an update is under way");
    }
  }

  private void idle() {
    activity = Activity.IDLE;
    bytes = 0;
    busy.set(false);
  }

  /** One step of work that may be refused. */
  private interface Work {
    void run() throws IOException, UpdateException;
  }

  private boolean attempt(Work work) {
    try {
      work.run();
      return true;
    } catch (UpdateException e) {
      log.warn("update refused ({}): {}", e.reason(), e.getMessage());
      note(e.reason());
      return true;
    } catch (IOException e) {
      log.warn("update broke off; it goes on later", e);
      note(Reason.UNREACHABLE);
      return false;
    } finally {
      idle();
    }
  }

  private void note(Reason reason) {
    try {
      updates.problem(reason);
    } catch (IOException e) {
      log.error("the update record cannot be written", e);
    }
  }

  private void periodic() {
    boolean done = true;
    if (activity == Activity.IDLE && busy.compareAndSet(false, true)) {
      done = attempt(() -> cycle(false));
    }
    later(
        done
            ? DAILY.plus(jitter.within(DAILY_JITTER))
            : AGAIN_AFTER_FAILURE.plus(jitter.within(TICK)),
        this::periodic);
  }

  private void cycle(boolean restartNow) throws IOException, UpdateException {
    if (updates.record().phase() != UpdateRecord.Phase.ARMED) {
      activity = Activity.CHECKING;
      Optional<Offer> offer = updates.check(web);
      if (offer.isEmpty()) {
        return;
      }
      activity = Activity.FETCHING;
      updates.fetch(web, offer.get(), received -> bytes = received);
    }
    installAndRestart(restartNow);
  }

  private void installAndRestart(boolean restartNow) throws IOException, UpdateException {
    if (updates.record().phase() != UpdateRecord.Phase.ARMED) {
      activity = Activity.INSTALLING;
      updates.install();
    }
    if (restartNow) {
      restart.ifPresent(Runnable::run);
    } else {
      restartIfDue();
    }
  }

  private void restartIfDue() {
    if (RestartRule.isDue(updates.record(), clock.instant(), zone.get())) {
      restart.ifPresent(Runnable::run);
    }
  }

  private void prove(HealthCheck health) {
    try {
      Optional<String> failed = health.run();
      if (failed.isEmpty()) {
        updates.healthy();
        log.info("the update is confirmed");
        activity = Activity.IDLE;
      } else {
        log.error("the update is given up: {} does not work", failed.get());
        updates.unhealthy(failed.get());
        restart.ifPresent(Runnable::run);
      }
    } catch (InterruptedException e) {
      Thread.currentThread()
          .interrupt(); // stopped before it was proved: the trial goes on next time
    } catch (IOException e) {
      log.error("the trial's outcome cannot be written; the boot loader decides", e);
      restart.ifPresent(Runnable::run);
    }
  }

  private void later(Duration delay, Runnable task) {
    thread.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    if (!DaemonThread.stop(thread)) {
      log.warn("an update did not stop in time; it goes on at the next start");
    }
  }
}
