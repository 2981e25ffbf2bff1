// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.refcam.threads.DaemonThread;

/**
 * Replay's own threads, apart from the event loops of live viewers: {@value #PREPARING} that look
 * up recordings, and one for each session that plays, at most {@value #MOST_SESSIONS}. Safe from
 * any thread.
 */
final class ReplayDesk implements AutoCloseable {
  static final int MOST_SESSIONS = 8;
  private static final int PREPARING = 2;

  private final Replays replays;
  private final AtomicInteger names = new AtomicInteger();
  private final ExecutorService preparing =
      Executors.newFixedThreadPool(PREPARING, task -> DaemonThread.of(task, "replay-look-up"));
  private final Semaphore sessions = new Semaphore(MOST_SESSIONS);

  ReplayDesk(Replays replays) {
    this.replays = replays;
  }

  Replays replays() {
    return replays;
  }

  /** Finds an answer where reading may take its time. */
  CompletableFuture<RtspResponse> prepare(Supplier<RtspResponse> answer) {
    try {
      return CompletableFuture.supplyAsync(answer, preparing);
    } catch (RejectedExecutionException e) { // the camera stops
      return CompletableFuture.completedFuture(new RtspResponse(503));
    }
  }

  /** Whether one more may play; each true is to be followed by one {@link #leave}. */
  boolean enter() {
    return sessions.tryAcquire();
  }

  void leave() {
    sessions.release();
  }

  void play(Replayer replayer) {
    DaemonThread.of(replayer, "replay-" + names.incrementAndGet()).start();
  }

  @Override
  public void close() {
    preparing.shutdownNow();
  }
}
