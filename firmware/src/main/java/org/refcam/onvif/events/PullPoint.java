// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One subscriber's waiting events. When its queue is full the oldest makes room: states are what
 * counts, and the newest is the truth. Guarded by its monitor.
 */
final class PullPoint {
  private static final int MOST = 256;

  private final String id;
  private final EventChoice filter;
  private final String owner;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private Instant termination;
  private boolean closed;

  /**
   * @param owner the client whose subscription it is
   */
  PullPoint(String id, EventChoice filter, String owner, Instant termination) {
    this.id = id;
    this.filter = filter;
    this.owner = owner;
    this.termination = termination;
  }

  String id() {
    return id;
  }

  String owner() {
    return owner;
  }

  synchronized Instant termination() {
    return termination;
  }

  synchronized void termination(Instant at) {
    termination = at;
  }

  synchronized void offer(Event event) {
    if (!filter.wants(event)) {
      return;
    }
    if (waiting.size() >= MOST) {
      waiting.removeFirst();
    }
    waiting.addLast(event);
    notifyAll();
  }

  /**
   * Waits for an event.
   *
   * @return at most {@code limit}, in the order in which they came; empty when the time is over
   */
  synchronized List<Event> pull(long waitMillis, int limit) throws InterruptedException {
    long give = System.nanoTime() + waitMillis * 1_000_000;
    while (waiting.isEmpty() && !closed) {
      long left = (give - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    List<Event> taken = new ArrayList<>();
    while (!waiting.isEmpty() && taken.size() < limit) {
      taken.add(waiting.removeFirst());
    }
    return taken;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
