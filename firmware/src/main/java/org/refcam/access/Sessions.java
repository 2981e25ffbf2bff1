// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in. A cookie's token has 256 random bits; its SHA-256 is the key, so that look-ups
 * tell nothing by their time. Sessions live in memory: a restart ends them. At most 64; the oldest
 * makes room. Guarded by its monitor.
 */
public final class Sessions {
  private static final Duration IDLE = Duration.ofHours(12);
  private static final Duration ABSOLUTE = Duration.ofDays(7);
  private static final int MOST = 64;
  private static final int TOKEN_BYTES = 32;

  /**
   * One browser's session.
   *
   * @param token the cookie's secret
   * @param csrfToken what state-changing requests repeat in a header
   */
  public record Session(String token, String username, Role role, String csrfToken) {
    @Override
    public String toString() {
      return "session of " + username;
    }
  }

  private record Entry(Session session, Instant created, Instant lastUsed) {}

  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Entry> byHash = new LinkedHashMap<>();

  public Sessions(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  public synchronized Session create(String username, Role role) {
    if (byHash.size() >= MOST) {
      Iterator<String> oldest = byHash.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    Session session = new Session(token(), username, role, token());
    Instant now = clock.instant();
    byHash.put(hash(session.token()), new Entry(session, now, now));
    return session;
  }

  /** The live session of a token, which this use keeps alive. */
  public synchronized Optional<Session> find(String token) {
    String hash = hash(token);
    Entry entry = byHash.get(hash);
    if (entry == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (now.isAfter(entry.lastUsed().plus(IDLE)) || now.isAfter(entry.created().plus(ABSOLUTE))) {
      byHash.remove(hash);
      return Optional.empty();
    }
    byHash.replace(hash, new Entry(entry.session(), entry.created(), now));
    return Optional.of(entry.session());
  }

  public synchronized void revoke(String token) {
    byHash.remove(hash(token));
  }

  /** Ends a user's sessions but one, as after a password change. */
  public synchronized void revokeOthers(String username, String keptToken) {
    String kept = hash(keptToken);
    byHash
        .entrySet()
        .removeIf(
            e -> e.getValue().session().username().equals(username) && !e.getKey().equals(kept));
  }

  private String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
