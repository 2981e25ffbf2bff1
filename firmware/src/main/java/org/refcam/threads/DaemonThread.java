// SPDX-License-Identifier: Apache-2.0
package org.refcam.threads;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Threads that keep no process alive. */
public final class DaemonThread {
  private DaemonThread() {}

  /** One thread for tasks at their times; the caller shuts it down. */
  public static ScheduledExecutorService scheduler(String name) {
    return Executors.newSingleThreadScheduledExecutor(task -> named(name, task));
  }

  private static Thread named(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
