// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.refcam.media.AccessUnit;
import org.refcam.stream.BackpressureGate;

/**
 * Between the encoder's thread and the disk's: bounded in bytes and pictures. When full, pictures
 * are dropped until the next IDR that finds room, so that what is recorded always decodes. Tasks
 * keep their place between the pictures and are never dropped; there are few of them.
 *
 * <p>Guarded by its monitor, except that {@link #offer} is the encoder's thread's alone.
 */
final class UnitQueue {
  static final int MOST_BYTES = 6 << 20;
  static final int MOST_UNITS = 600;

  /** Either a picture or a task. */
  record Item(@Nullable AccessUnit unit, Runnable task) {}

  private final Deque<Item> items = new ArrayDeque<>();
  private final BackpressureGate gate = new BackpressureGate();
  private int bytes;
  private int units;
  private final AtomicLong dropped = new AtomicLong();

  /** Whether the picture found room. */
  boolean offer(AccessUnit unit) {
    boolean room;
    synchronized (this) {
      room = units < MOST_UNITS && bytes + unit.size() <= MOST_BYTES;
    }
    if (!gate.admit(unit, room)) {
      dropped.incrementAndGet();
      return false;
    }
    synchronized (this) {
      items.add(new Item(unit, () -> {}));
      bytes += unit.size();
      units++;
      notifyAll();
    }
    return true;
  }

  synchronized void task(Runnable task) {
    items.add(new Item(null, task));
    notifyAll();
  }

  /** The next item; empty when none came in time. */
  synchronized Optional<Item> take(long millis) throws InterruptedException {
    if (items.isEmpty()) {
      wait(millis);
    }
    Item item = items.poll();
    if (item != null && item.unit() != null) {
      bytes -= item.unit().size();
      units--;
    }
    return Optional.ofNullable(item);
  }

  /** Pictures that found no room, those before the first IDR included. */
  long dropped() {
    return dropped.get();
  }
}
