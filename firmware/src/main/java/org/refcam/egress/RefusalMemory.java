// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which refusals were recorded lately, so that something that tries again and again does not flood
 * the audit log: each is recorded once an hour. Guarded by its monitor.
 */
final class RefusalMemory {
  private static final Duration QUIET = Duration.ofHours(1);
  private static final int MOST = 64;

  private final Clock clock;
  private final Map<String, Instant> recorded =
      new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST;
        }
      };

  RefusalMemory(Clock clock) {
    this.clock = clock;
  }

  /** Whether this one is to be recorded now. */
  synchronized boolean isNews(String refusal) {
    Instant now = clock.instant();
    Instant last = recorded.get(refusal);
    boolean news = last == null || last.plus(QUIET).isBefore(now) || now.isBefore(last);
    if (news) {
      recorded.put(refusal, now);
    }
    return news;
  }

  /** The policy changed: what is refused from now on is news. */
  synchronized void clear() {
    recorded.clear();
  }
}
