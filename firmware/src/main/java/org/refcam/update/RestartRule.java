// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.refcam.update.UpdateRecord.Candidate;

/**
 * When an installed update may restart the camera by itself: a fix of a high or critical fault at
 * once, any other in the quiet hours; the owner may put both off within bounds. Stateless.
 */
final class RestartRule {
  /** Local time; a restart takes seconds of footage. */
  static final LocalTime QUIET_FROM = LocalTime.of(2, 0);

  static final LocalTime QUIET_UNTIL = LocalTime.of(5, 0);

  /** The longest that an owner may put off a security fix, and any other update. */
  static final Duration POSTPONE_SECURITY_MAX = Duration.ofHours(24);

  static final Duration POSTPONE_MAX = Duration.ofDays(7);

  private static final Set<String> URGENT = Set.of("high", "critical");

  private RestartRule() {}

  static boolean isDue(UpdateRecord record, Instant now, ZoneId zone) {
    Optional<Candidate> candidate = record.candidate();
    if (record.phase() != UpdateRecord.Phase.ARMED || candidate.isEmpty()) {
      return false;
    }
    if (record.postponedUntil().isPresent() && now.isBefore(record.postponedUntil().get())) {
      return false;
    }
    if (candidate.get().severity().filter(URGENT::contains).isPresent()) {
      return true;
    }
    LocalTime time = now.atZone(zone).toLocalTime();
    return !time.isBefore(QUIET_FROM) && time.isBefore(QUIET_UNTIL);
  }

  /** Until when an owner's wish holds, counted from when the update was found. */
  static Instant postponed(UpdateRecord record, Instant now, Duration wish) {
    boolean security = record.candidate().flatMap(Candidate::severity).isPresent();
    Instant found = record.times().getOrDefault(UpdateRecord.Step.FOUND, now);
    Instant bound = found.plus(security ? POSTPONE_SECURITY_MAX : POSTPONE_MAX);
    Instant wanted = now.plus(wish);
    return wanted.isBefore(bound) ? wanted : bound;
  }
}
