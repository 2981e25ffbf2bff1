// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.refcam.crypto.Sha256;

/**
 * Who is signed in. A cookie's token has 256 random bits; its SHA-256 is the key, so that look-ups
 * tell nothing by their time. Sessions live in memory: a restart ends them. At most 64, and 16 of
 * one account; its oldest makes room. Guarded by its monitor.
 *
 * <p>INV-ACCESS-5. A session ends after its idle and its absolute time, at sign-out, when it is
 * revoked, and when its account's password, role or name changes. Holds against whoever has the
 * cookie. A wall clock that is set back lengthens neither time by more than the step.
 */
public final class Sessions {
  static final int MOST = 64;
  static final int MOST_OF_ONE = 16;
  private static final int TOKEN_BYTES = 32;
  private static final int ID_BYTES = 8;

  /**
   * After what time sessions end.
   *
   * @param idle 5 minutes to 24 hours without a request
   * @param absolute 1 hour to 30 days in all
   */
  public record Limits(Duration idle, Duration absolute) {
    /** 12 hours idle, 7 days in all. */
    public static final Limits DEFAULT = new Limits(Duration.ofHours(12), Duration.ofDays(7));

    /**
     * @throws IllegalArgumentException if a time is out of range
     */
    public Limits {
      if (!within(idle, Duration.ofMinutes(5), Duration.ofHours(24))
          || !within(absolute, Duration.ofHours(1), Duration.ofDays(30))) {
        throw new IllegalArgumentException("session limits " + idle + " " + absolute);
      }
    }

    private static boolean within(Duration time, Duration least, Duration most) {
      return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
    }
  }

  /**
   * One browser's session.
   *
   * @param token the cookie's secret
   * @param csrfToken what state-changing requests repeat in a header
   * @param mustChangePassword whether it serves for nothing else
   */
  public record Session(
      String token, String username, Role role, String csrfToken, boolean mustChangePassword) {
    @Override
    public String toString() {
      return "session of " + username;
    }
  }

  /**
   * A session as its owner sees it in a list.
   *
   * @param id names it, opens nothing
   * @param address the peer's at sign-in
   */
  public record Listed(
      String id, String username, String address, Instant created, Instant lastUsed) {}

  private record Entry(
      String id, Session session, String address, Instant created, Instant lastUsed) {
    Listed listed() {
      return new Listed(id, session.username(), address, created, lastUsed);
    }
  }

  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Entry> byHash = new LinkedHashMap<>();
  private Limits limits = Limits.DEFAULT;

  public Sessions(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** Changes the times for all sessions, those that are open too. */
  public synchronized void limits(Limits changed) {
    limits = changed;
  }

  public synchronized Session create(Account account, String address) {
    dropExpired();
    makeRoom(entry -> entry.session().username().equals(account.username()), MOST_OF_ONE);
    makeRoom(entry -> true, MOST);
    Session session =
        new Session(
            text(TOKEN_BYTES),
            account.username(),
            account.role(),
            text(TOKEN_BYTES),
            account.mustChangePassword());
    Instant now = clock.instant();
    byHash.put(hash(session.token()), new Entry(text(ID_BYTES), session, address, now, now));
    return session;
  }

  private void makeRoom(Predicate<Entry> which, int most) {
    if (byHash.values().stream().filter(which).count() >= most) {
      Iterator<Entry> entries = byHash.values().iterator();
      boolean removed = false;
      while (!removed && entries.hasNext()) {
        removed = which.test(entries.next());
        if (removed) {
          entries.remove();
        }
      }
    }
  }

  /** The live session of a token, which this use keeps alive. */
  public synchronized Optional<Session> find(String token) {
    String hash = hash(token);
    Entry entry = byHash.get(hash);
    if (entry == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (expired(entry, now)) {
      byHash.remove(hash);
      return Optional.empty();
    }
    byHash.replace(
        hash, new Entry(entry.id(), entry.session(), entry.address(), entry.created(), now));
    return Optional.of(entry.session());
  }

  private boolean expired(Entry entry, Instant now) {
    return now.isAfter(entry.lastUsed().plus(limits.idle()))
        || now.isAfter(entry.created().plus(limits.absolute()));
  }

  private void dropExpired() {
    Instant now = clock.instant();
    byHash.values().removeIf(entry -> expired(entry, now));
  }

  /** Live sessions, the newest use first. */
  public synchronized List<Listed> list() {
    dropExpired();
    return byHash.values().stream()
        .map(Entry::listed)
        .sorted(Comparator.comparing(Listed::lastUsed).reversed())
        .toList();
  }

  /** The list's name of a session. */
  public synchronized Optional<String> idOf(String token) {
    return Optional.ofNullable(byHash.get(hash(token))).map(Entry::id);
  }

  public synchronized void revoke(String token) {
    byHash.remove(hash(token));
  }

  /** Whether there was such a session of a user whom {@code whose} accepts; it is over now. */
  public synchronized boolean revokeById(String id, Predicate<String> whose) {
    return byHash.values().removeIf(e -> e.id().equals(id) && whose.test(e.session().username()));
  }

  /** Ends all sessions of a user; how many there were. */
  public synchronized int revokeAll(String username) {
    int before = byHash.size();
    byHash.values().removeIf(entry -> entry.session().username().equals(username));
    return before - byHash.size();
  }

  /**
   * Ends a user's sessions but one, which stays and needs no other password any more; how many
   * ended.
   */
  public synchronized int revokeOthers(String username, String keptToken) {
    String kept = hash(keptToken);
    int before = byHash.size();
    byHash
        .entrySet()
        .removeIf(
            e -> e.getValue().session().username().equals(username) && !e.getKey().equals(kept));
    byHash.computeIfPresent(
        kept,
        (unused, e) -> {
          Session s = e.session();
          Session free = new Session(s.token(), s.username(), s.role(), s.csrfToken(), false);
          return new Entry(e.id(), free, e.address(), e.created(), e.lastUsed());
        });
    return before - byHash.size();
  }

  private String text(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String hash(String token) {
    return Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
  }
}
