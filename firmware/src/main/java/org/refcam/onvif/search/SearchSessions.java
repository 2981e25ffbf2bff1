// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;

/**
 * Searches whose results wait to be fetched. At most {@value #MOST} together; one that its client
 * does not ask for within its keep-alive time is over, and one whose results are all given makes
 * room when room is needed. Guarded by its monitor.
 */
final class SearchSessions {
  static final int MOST = 8;

  /** Most results of one search; the next search goes on from the last of them. */
  static final int MOST_RESULTS = 2_000;

  static final Duration LONGEST_KEEP = Duration.ofMinutes(1);
  private static final Duration SHORTEST_KEEP = Duration.ofSeconds(10);

  /** Some results, and whether they were the last. */
  record Part<T>(List<T> results, boolean completed) {}

  private static final class Session {
    private final String owner;
    private final Class<?> kind;
    private final List<?> results;
    private final Duration keep;
    private final Instant endpoint;
    private Instant over;
    private int given;

    Session(
        String owner,
        Class<?> kind,
        List<?> results,
        Duration keep,
        Instant endpoint,
        Instant over) {
      this.owner = owner;
      this.kind = kind;
      this.results = results;
      this.keep = keep;
      this.endpoint = endpoint;
      this.over = over;
    }

    boolean finished() {
      return given == results.size() && given > 0;
    }
  }

  private final Clock clock;
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  SearchSessions(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param kind of the results
   * @param keep as the client wishes it
   * @param endpoint how far the search went
   * @return the session's token
   * @throws OnvifFault Action/ResourceProblem if there are too many
   */
  synchronized <T> String open(
      String owner, Class<T> kind, List<T> results, Duration keep, Instant endpoint) {
    expire();
    if (sessions.size() >= MOST && !dropFinished()) {
      throw OnvifFault.of(Code.ACTION, "ResourceProblem", "there are too many searches");
    }
    Duration life =
        keep.compareTo(SHORTEST_KEEP) < 0
            ? SHORTEST_KEEP
            : keep.compareTo(LONGEST_KEEP) > 0 ? LONGEST_KEEP : keep;
    String token = UUID.randomUUID().toString(); // never a token that was used before
    sessions.put(
        token,
        new Session(owner, kind, List.copyOf(results), life, endpoint, clock.instant().plus(life)));
    return token;
  }

  /**
   * The next results.
   *
   * @throws OnvifFault InvalidArgVal/InvalidToken if there is no such search of this client's
   */
  synchronized <T> Part<T> next(
      @Nullable String token, String owner, Class<T> kind, Optional<Integer> most) {
    Session session = require(token, owner);
    if (session.kind != kind) {
      throw noSession();
    }
    session.over = clock.instant().plus(session.keep);
    int count =
        Math.min(session.results.size() - session.given, Math.max(0, most.orElse(MOST_RESULTS)));
    List<T> part = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      part.add(kind.cast(session.results.get(session.given + i)));
    }
    session.given += count;
    return new Part<>(part, session.given == session.results.size());
  }

  /**
   * @return how far the search went
   */
  synchronized Instant end(@Nullable String token, String owner) {
    Instant endpoint = require(token, owner).endpoint;
    sessions.remove(token);
    return endpoint;
  }

  private Session require(@Nullable String token, String owner) {
    expire();
    Session session = token == null ? null : sessions.get(token);
    if (session == null || !session.owner.equals(owner)) {
      throw noSession();
    }
    return session;
  }

  private static OnvifFault noSession() {
    return OnvifFault.invalid("InvalidToken", "there is no such search");
  }

  private boolean dropFinished() {
    for (Iterator<Session> it = sessions.values().iterator(); it.hasNext(); ) {
      if (it.next().finished()) {
        it.remove();
        return true;
      }
    }
    return false;
  }

  private void expire() {
    Instant now = clock.instant();
    sessions.values().removeIf(session -> session.over.isBefore(now));
  }
}
