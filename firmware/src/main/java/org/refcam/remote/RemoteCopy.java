// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.refcam.egress.EgressRefusedException;
import org.refcam.keys.SealedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies clips that ended to the owner's store, oldest first, and asks the store to delete copies
 * of clips that are gone here.
 *
 * <p>What waits is not a list of its own but the difference between the vault and the {@link
 * CopyLedger}: it survives power loss, and is bounded by the vault.
 *
 * <p>INV-REMOTE-1. What is sent is sealed for the owner's recovery key, whose secret half the
 * camera does not keep; the store sees only random names, lengths and times. Holds against the
 * store and the network. Does not hold against who has the recovery key: what a store did not
 * delete, it opens for ever.
 *
 * <p>One thread copies; settings and state are guarded by the monitor. {@link #close} stops, then
 * joins.
 */
public final class RemoteCopy implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RemoteCopy.class);
  private static final String SUFFIX = ".mp4.age";
  private static final long ROUND_MILLIS = 10_000;
  static final long FIRST_PAUSE_MILLIS = 5_000;
  static final long LONGEST_PAUSE_MILLIS = 15 * 60_000;
  private static final int MOST_SKIPPED = 1_000;
  private static final long JOIN_MILLIS = 5_000;

  /** Which clips there are. */
  @FunctionalInterface
  public interface Shelf {
    /** Names of all clips that ended and are whole, oldest first. */
    List<String> ended();
  }

  /**
   * How copying goes.
   *
   * @param waiting clips to be copied
   * @param copied clips that lie at the store
   * @param toDelete copies whose clip is gone here
   * @param skipped clips that could not be read since the camera started
   * @param lastProblem empty {@code problem} means that there is none now
   * @param problem a word for a program: a reason of the policy or of the store
   */
  public record State(
      boolean enabled,
      int waiting,
      int copied,
      int toDelete,
      int skipped,
      boolean sending,
      Optional<Instant> lastSuccess,
      Optional<Instant> lastProblem,
      String problem,
      String detail) {}

  private final Shelf shelf;
  private final SealedClip.Sealer sealer;
  private final Stores stores;
  private final CopyLedger ledger;
  private final Clock clock;
  private final Set<String> skipped = new HashSet<>();
  private final Thread thread = new Thread(this::run, "remote-copy");
  private RemoteSettings settings = RemoteSettings.OFF;
  private State state =
      new State(false, 0, 0, 0, 0, false, Optional.empty(), Optional.empty(), "", "");
  private boolean closed;
  private boolean woken;

  /**
   * @throws IOException if the ledger is there but cannot be trusted
   */
  public RemoteCopy(
      Shelf shelf, SealedClip.Sealer sealer, Stores stores, SealedFile ledger, Clock clock)
      throws IOException {
    this.shelf = shelf;
    this.sealer = sealer;
    this.stores = stores;
    this.ledger = new CopyLedger(ledger);
    this.clock = clock;
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  public void start() {
    thread.start();
  }

  /** Copies to there from now on; begins at once. */
  public synchronized void settings(RemoteSettings changed) {
    settings = changed;
    wake();
  }

  /** Tries now what waits for a pause to end: the policy or the network changed. */
  public synchronized void wake() {
    woken = true;
    notifyAll();
  }

  public synchronized State state() {
    return state;
  }

  /**
   * Writes a small object and removes it.
   *
   * @throws IOException if these settings would not work
   */
  public void probe(RemoteSettings wanted) throws IOException {
    try (ObjectStore store = stores.open(wanted)) {
      store.probe();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long pause = 0;
    try {
      while (await(pause)) {
        pause = round(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close wants the thread to end
    }
  }

  /** One piece of work; how long to wait afterwards. */
  private long round(long lastPause) {
    try {
      return step() ? 0 : ROUND_MILLIS;
    } catch (EgressRefusedException e) {
      problem(e.reason().name(), e);
      return LONGEST_PAUSE_MILLIS; // a changed policy wakes
    } catch (StoreException e) {
      problem(e.reason().name(), e);
    } catch (IOException e) {
      problem("UNREACHABLE", e);
    } catch (RuntimeException e) { // the thread has others to copy
      log.error("remote copy", e);
      problem("INTERNAL", e);
    }
    boolean first = lastPause < FIRST_PAUSE_MILLIS || lastPause == ROUND_MILLIS;
    return first ? FIRST_PAUSE_MILLIS : Math.min(LONGEST_PAUSE_MILLIS, lastPause * 2);
  }

  /**
   * Deletes or copies one clip; false if there was nothing to do.
   *
   * @throws IOException with what stands in the way
   */
  boolean step() throws IOException {
    RemoteSettings to = current();
    if (!to.enabled()) {
      report(to, 0, 0, false);
      return false;
    }
    ledger.place(
        to.kind() + "://" + to.user() + "@" + to.calledHost() + ":" + to.port() + "/" + to.place());
    Set<String> present = new LinkedHashSet<>(shelf.ended());
    List<String> gone = ledger.without(present);
    List<String> waiting =
        present.stream().filter(c -> !ledger.contains(c) && !skipped.contains(c)).toList();
    boolean work = !gone.isEmpty() || !waiting.isEmpty();
    report(to, waiting.size(), gone.size(), work);
    if (!work) {
      return false;
    }
    try (ObjectStore store = stores.open(to)) {
      if (!gone.isEmpty()) {
        store.delete(gone.get(0) + SUFFIX);
        ledger.remove(gone.get(0));
      } else if (ledger.size() >= CopyLedger.MOST) {
        throw new StoreException(
            StoreException.Reason.FULL, "more copies than the camera keeps track of");
      } else {
        copy(store, waiting.get(0), to);
      }
    }
    success();
    return true;
  }

  private void copy(ObjectStore store, String clip, RemoteSettings to) throws IOException {
    SealedClip sealed;
    try {
      sealed = sealer.seal(clip, to.recipient());
    } catch (IOException e) {
      log.warn("remote copy: a clip cannot be read: {}", e.toString());
      if (skipped.size() >= MOST_SKIPPED) {
        skipped.clear();
      }
      skipped.add(clip);
      return;
    }
    store.put(clip + SUFFIX, sealed);
    ledger.add(clip);
  }

  private synchronized RemoteSettings current() {
    return settings;
  }

  private synchronized boolean await(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    while (!closed && !woken && System.nanoTime() < until) {
      wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
    }
    woken = false;
    return !closed;
  }

  private synchronized void report(RemoteSettings to, int waiting, int gone, boolean sending) {
    boolean off = !to.enabled();
    state =
        new State(
            to.enabled(),
            waiting,
            ledger.size(),
            gone,
            skipped.size(),
            sending,
            state.lastSuccess(),
            state.lastProblem(),
            off ? "" : state.problem(),
            off ? "" : state.detail());
  }

  private synchronized void success() {
    Optional<Instant> now = Optional.of(clock.instant());
    state =
        new State(
            true,
            state.waiting(),
            ledger.size(),
            state.toDelete(),
            skipped.size(),
            false,
            now,
            state.lastProblem(),
            "",
            "");
  }

  private synchronized void problem(String word, Exception why) {
    String problem = word.toLowerCase(Locale.ROOT);
    if (!problem.equals(state.problem())) {
      log.warn("remote copy waits: {}", why.toString());
    }
    state =
        new State(
            settings.enabled(),
            state.waiting(),
            ledger.size(),
            state.toDelete(),
            skipped.size(),
            false,
            state.lastSuccess(),
            Optional.of(clock.instant()),
            problem,
            String.valueOf(why.getMessage()));
  }
}
