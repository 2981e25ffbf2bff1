// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds what one actor, one address or all of them together can make the log write. The first
 * events of a kind are recorded one by one, the rest of a window as one record with a count.
 *
 * <p>A kind is the type, the actor and the address. When {@link #MOST_KINDS} are open or the hour's
 * budget of the access chain is spent, further ones are counted by type alone. Guarded by the log's
 * lock.
 */
final class FloodGate {
  /** Length of a window. */
  static final long WINDOW_MILLIS = 600_000;

  /** Of one kind in one window, recorded one by one. */
  static final int SINGLES = 5;

  static final int MOST_KINDS = 256;

  /** Records of the access chain that may be written one by one in an hour. */
  static final int HOURLY = 120;

  private static final long HOUR_MILLIS = 3_600_000;

  /** An event to record. */
  record Admitted(AuditEvent event, long count) {}

  private record Kind(EventType type, String actor, String address) {}

  private static final class Window {
    private final long began;
    private AuditEvent newest;
    private int singles;
    private long held;

    Window(long began, AuditEvent newest) {
      this.began = began;
      this.newest = newest;
    }
  }

  private final Map<Kind, Window> windows = new LinkedHashMap<>();
  private double budget = HOURLY;
  private long budgetAt;

  /** What to record now: due counts, then the event itself unless it is only counted. */
  List<Admitted> offer(AuditEvent event, long now) {
    List<Admitted> due = flush(now);
    if (event.address().isEmpty() || !event.type().optional()) {
      due.add(new Admitted(event, 1)); // the camera's own, which no peer can repeat at will
      return due;
    }
    boolean access = event.type().chain() == ChainName.ACCESS;
    refill(now);
    Kind kind = new Kind(event.type(), event.actor(), event.address());
    Window window = windows.get(kind);
    boolean spent = access && budget < 1;
    if (window == null && (spent || windows.size() >= MOST_KINDS)) {
      AuditEvent many = new AuditEvent(event.type(), "", "", Map.of("many", "true"));
      window =
          windows.computeIfAbsent(new Kind(event.type(), "", ""), unused -> new Window(now, many));
      window.held++;
      return due;
    }
    if (window == null) {
      window = new Window(now, event);
      windows.put(kind, window);
    }
    window.newest = event;
    if (window.singles < SINGLES && !spent) {
      window.singles++;
      budget -= access ? 1 : 0;
      due.add(new Admitted(event, 1));
    } else {
      window.held++;
    }
    return due;
  }

  /** The counts of windows that are over. */
  List<Admitted> flush(long now) {
    return take(now - WINDOW_MILLIS);
  }

  /** The counts of all windows, at shutdown. */
  List<Admitted> flushAll() {
    return take(Long.MAX_VALUE);
  }

  private List<Admitted> take(long beganUpTo) {
    List<Admitted> due = new ArrayList<>();
    windows
        .values()
        .removeIf(
            window -> {
              boolean over = window.began <= beganUpTo;
              if (over && window.held > 0) {
                due.add(new Admitted(window.newest, window.held));
              }
              return over;
            });
    return due;
  }

  private void refill(long now) {
    budget = Math.min(HOURLY, budget + (double) (now - budgetAt) * HOURLY / HOUR_MILLIS);
    budgetAt = now;
  }
}
