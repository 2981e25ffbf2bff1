// SPDX-License-Identifier: Apache-2.0
package org.refcam.threads;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Threads that keep no process alive. */
public final class DaemonThread {
  private static final int PATIENCE_SECONDS = 5;

  private DaemonThread() {}

  /** One thread for tasks at their times; the caller shuts it down. */
  public static ScheduledExecutorService scheduler(String name) {
    return Executors.newSingleThreadScheduledExecutor(task -> of(task, name));
  }

  /**
   * Ends a thread's tasks and waits for the one that is under way.
   *
   * @return false if that goes on after {@value #PATIENCE_SECONDS} s; true also if the caller was
   *     interrupted
   */
  public static boolean stop(ScheduledExecutorService thread) {
    thread.shutdownNow();
    try {
      return thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** A thread for one task; the caller starts it. */
  public static Thread of(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
