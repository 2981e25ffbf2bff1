// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.threads.DaemonThread;

/**
 * Sends records to the owner's receiver as they are written. What does not fit in the queue while
 * the receiver is away is dropped, the oldest first, and counted; it stays in the log.
 *
 * <p>INV-AUDIT-4. Nothing is sent unless the owner named a receiver, its country and its
 * certificate or CA, and only to whoever proves to be that receiver. Holds against whoever controls
 * the network. Does not promise that every record arrives: syslog has no acknowledgement.
 *
 * <p>One thread sends; the rest is guarded by the monitor. {@link #close} stops, then joins.
 */
public final class SyslogForwarder implements AutoCloseable {
  static final int QUEUE = 1024;
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final long LAST_WORDS_MILLIS = 1_000;

  /**
   * How forwarding goes.
   *
   * @param lost records dropped from the queue since the camera started
   * @param problem one line; empty if there is none
   */
  public record State(boolean connected, long sent, long lost, int waiting, String problem) {}

  private final String hostName;
  private final String version;
  private final SyslogCarrier.Opener opener;
  private final Consumer<AuditEvent> report;
  private final Deque<AuditRecord> queue = new ArrayDeque<>();
  private Forwarding target = Forwarding.OFF;
  private @Nullable Thread thread;
  private boolean closed;
  private boolean connected;
  private boolean failing;
  private long sent;
  private long lost;
  private String problem = "";

  /**
   * @param opener connects, if the camera's policy lets it
   * @param report takes events about the forwarding itself
   */
  public SyslogForwarder(
      String hostName, String version, SyslogCarrier.Opener opener, Consumer<AuditEvent> report) {
    this.hostName = hostName;
    this.version = version;
    this.opener = opener;
    this.report = report;
  }

  /** Sends to another receiver from now on, or to none. */
  public synchronized void target(Forwarding changed) {
    if (closed || changed.equals(target)) {
      return;
    }
    target = changed;
    problem = "";
    failing = false;
    if (!changed.enabled()) {
      queue.clear();
    } else if (thread == null) {
      thread = DaemonThread.of(this::run, "audit-forward");
      thread.start();
    }
    notifyAll();
  }

  /** Queues a record; never waits. */
  public synchronized void offer(AuditRecord record) {
    if (closed || !target.enabled()) {
      return;
    }
    if (queue.size() >= QUEUE) {
      queue.removeFirst();
      lost++;
    }
    queue.addLast(record);
    notifyAll();
  }

  public synchronized State state() {
    return new State(connected, sent, lost, queue.size(), problem);
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
      notifyAll();
    }
    if (running != null) {
      try {
        running.join(LAST_WORDS_MILLIS);
        running.interrupt();
        running.join(LAST_WORDS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (awaitWork()) {
        Forwarding to = current();
        try {
          session(to);
          pause = FIRST_PAUSE_MILLIS;
        } catch (IOException e) {
          down(to, e);
          sleep(to, pause);
          pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close has waited long enough
    }
  }

  /** Connects and sends until the target changes or the log closes. */
  private void session(Forwarding to) throws IOException, InterruptedException {
    try (SyslogTls connection = SyslogTls.connect(to, opener)) {
      up(to);
      while (awaitWork() && current().equals(to)) {
        AuditRecord next = first();
        connection.send(SyslogMessage.frame(next, hostName, version, state().sent() + 1));
        done(next);
      }
    } finally {
      synchronized (this) {
        connected = false;
      }
    }
  }

  /** Waits for a record to send; false once all is sent and the log closes. */
  private synchronized boolean awaitWork() throws InterruptedException {
    while (!closed && (queue.isEmpty() || !target.enabled())) {
      wait();
    }
    return !queue.isEmpty();
  }

  private synchronized Forwarding current() {
    return target;
  }

  private synchronized AuditRecord first() {
    return queue.getFirst();
  }

  private synchronized void done(AuditRecord record) {
    sent++;
    if (record.equals(queue.peekFirst())) { // else it was dropped meanwhile
      queue.removeFirst();
    }
  }

  private void up(Forwarding to) {
    boolean news;
    synchronized (this) {
      connected = true;
      problem = "";
      news = failing;
      failing = false;
    }
    if (news) {
      report.accept(event(to, "restored"));
    }
  }

  private void down(Forwarding to, IOException why) {
    boolean news;
    synchronized (this) {
      problem = String.valueOf(why.getMessage());
      news = !failing && target.equals(to);
      failing = failing || news;
    }
    if (news) {
      report.accept(event(to, "failed: " + why.getMessage()));
    }
  }

  private static AuditEvent event(Forwarding to, String result) {
    return AuditEvent.ofCamera(
        EventType.FORWARDING, Map.of("host", to.host(), "country", to.country(), "result", result));
  }

  private synchronized void sleep(Forwarding to, long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    while (!closed && target.equals(to) && System.nanoTime() < until) {
      wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
    }
    if (closed) {
      queue.clear(); // no receiver at the end: what waits stays in the log
    }
  }
}
