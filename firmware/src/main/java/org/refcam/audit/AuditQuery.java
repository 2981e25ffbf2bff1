// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which records to show, newest first. Both chains are ordered by the camera's starts and the time
 * since, which no clock change can disturb. Immutable.
 *
 * @param types empty for all but the log's own bookkeeping
 * @param before only records older than this one
 * @param limit 1 to {@value #MOST}
 */
public record AuditQuery(Set<EventType> types, Optional<Position> before, int limit) {
  /** The most records of one answer. */
  public static final int MOST = 500;

  private static final Set<EventType> BOOKKEEPING = Set.of(EventType.CHECKPOINT);
  static final Comparator<AuditRecord> OLDEST_FIRST = Comparator.comparing(Position::of);

  /** A record's place in the order of both chains. */
  public record Position(long boot, long uptimeMillis, ChainName chain, long sequence)
      implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
        Comparator.comparingLong(Position::boot)
            .thenComparingLong(Position::uptimeMillis)
            .thenComparing(Position::chain)
            .thenComparingLong(Position::sequence);

    public static Position of(AuditRecord record) {
      return new Position(record.boot(), record.uptimeMillis(), record.chain(), record.sequence());
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Position parse(String text) {
      if (!text.matches("\\d{1,18}-\\d{1,18}-(changes|access)-\\d{1,18}")) {
        throw new IllegalArgumentException("not a position");
      }
      String[] parts = text.split("-", -1);
      return new Position(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          parts[2].equals("access") ? ChainName.ACCESS : ChainName.CHANGES,
          Long.parseLong(parts[3]));
    }

    @Override
    public int compareTo(Position other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return boot + "-" + uptimeMillis + "-" + chain.word() + "-" + sequence;
    }
  }

  /**
   * @throws IllegalArgumentException if the limit is out of range
   */
  public AuditQuery {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit " + limit);
    }
    types = Set.copyOf(types);
  }

  boolean wants(AuditRecord record) {
    EventType type = record.event().type();
    boolean typed = types.isEmpty() ? !BOOKKEEPING.contains(type) : types.contains(type);
    return typed && (before.isEmpty() || Position.of(record).compareTo(before.get()) < 0);
  }

  /** Keeps the newest that are wanted, however many pass by. */
  final class Collector {
    private final PriorityQueue<AuditRecord> newest = new PriorityQueue<>(OLDEST_FIRST);

    void offer(AuditRecord record) {
      if (wants(record)) {
        newest.add(record);
        if (newest.size() > limit) {
          newest.remove();
        }
      }
    }

    List<AuditRecord> newestFirst() {
      List<AuditRecord> records = new ArrayList<>(newest);
      records.sort(Collections.reverseOrder(OLDEST_FIRST));
      return List.copyOf(records);
    }
  }
}
