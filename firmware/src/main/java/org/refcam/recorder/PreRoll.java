// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.refcam.media.AccessUnit;

/**
 * The last seconds before something is recorded, in memory: whole groups of pictures, each from its
 * IDR on. Bounded in bytes; when full, the oldest group goes. Confined to the recorder's thread.
 */
final class PreRoll {
  static final int MOST_BYTES = 12 << 20;

  private final Deque<List<AccessUnit>> groups = new ArrayDeque<>();
  private long bytes;

  /** Keeps a picture, and forgets the groups that end longer ago than {@code length}. */
  void add(AccessUnit unit, Duration length) {
    if (unit.idr()) {
      groups.addLast(new ArrayList<>());
    } else if (groups.isEmpty()) {
      return;
    }
    groups.getLast().add(unit);
    bytes += unit.size();
    while (groups.size() > 1 && (bytes > MOST_BYTES || !needed(unit, length))) {
      groups.removeFirst().forEach(gone -> bytes -= gone.size());
    }
    if (bytes > MOST_BYTES) {
      clear(); // one endless group: waits for the next IDR
    }
  }

  /** Hands over what it keeps, the oldest first, and keeps nothing. */
  List<AccessUnit> drain() {
    List<AccessUnit> all = groups.stream().flatMap(List::stream).toList();
    clear();
    return all;
  }

  void clear() {
    groups.clear();
    bytes = 0;
  }

  /** Whether the second group begins too late, so that the first one is part of the pre-roll. */
  private boolean needed(AccessUnit newest, Duration length) {
    AccessUnit second = groups.stream().skip(1).findFirst().orElseThrow().get(0);
    return newest.time().since(second.time()).compareTo(length) < 0;
  }
}
