// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.refcam.access.ClientCredentials;
import org.refcam.access.ClientCredentials.ClientCredential;
import org.refcam.access.Door;
import org.refcam.access.GuessLimiter;

/**
 * WS-UsernameToken with a password digest: Base 64 of SHA-1 over nonce, created and password.
 *
 * <p>The digest is checked before the clock, so that only who knows the password learns that its
 * clock is off, and a wrong guess counts as one whatever its time says.
 *
 * <p>INV-ONVIF-2. A token is taken once, within five minutes of the camera's clock. Holds against
 * who records traffic. SHA-1 over a secret of 130 random bits is not what limits this; who ends TLS
 * in between can still change the body that a token comes with, which is why the door is on TLS.
 *
 * <p>Guarded by its monitor.
 */
final class UsernameTokenVerifier {
  /** How far a client's clock may be off. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final int MOST_NONCES = 16_384;
  private static final int LEAST_NONCE = 8;

  /** What came of a token. */
  enum Outcome {
    OK,
    REJECTED,
    /** Right, but made too long ago. */
    STALE,
    /** Right, but made later than now. */
    FUTURE,
    /** Right, and used before. */
    REPLAYED,
    /** Too many wrong guesses; the token was not looked at. */
    LOCKED
  }

  /**
   * @param client who it is, if OK
   */
  record Result(Outcome outcome, Optional<ClientCredential> client) {
    private static Result of(Outcome outcome) {
      return new Result(outcome, Optional.empty());
    }
  }

  private final ClientCredentials clients;
  private final GuessLimiter limiter;
  private final Clock clock;
  private final Map<String, Instant> used = new LinkedHashMap<>();

  UsernameTokenVerifier(ClientCredentials clients, GuessLimiter limiter, Clock clock) {
    this.clients = clients;
    this.limiter = limiter;
    this.clock = clock;
  }

  synchronized Result verify(UsernameToken token, InetAddress peer) {
    if (!limiter.check(token.username(), peer).allowed()) {
      return Result.of(Outcome.LOCKED);
    }
    Optional<ClientCredential> client = clients.find(token.username());
    // An unknown name costs the same work as a known one.
    String password = client.map(ClientCredential::password).orElse("no such client");
    Optional<Instant> created = token.created().flatMap(UsernameTokenVerifier::time);
    boolean right = digestIsRight(token, password) && created.isPresent();
    if (client.isEmpty() || !right) {
      limiter.failed(Door.ONVIF, token.username(), peer);
      return Result.of(Outcome.REJECTED);
    }
    Outcome outcome = freshness(token, created.get());
    if (outcome != Outcome.OK) {
      return Result.of(outcome);
    }
    limiter.succeeded(Door.ONVIF, token.username(), peer);
    return new Result(Outcome.OK, client);
  }

  private static boolean digestIsRight(UsernameToken token, String password) {
    byte[] nonce = base64(token.nonce().orElse(""));
    byte[] given = base64(token.password());
    if (!token.digest() || nonce.length < LEAST_NONCE) {
      return false;
    }
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(nonce);
      sha1.update(token.created().orElse("").getBytes(StandardCharsets.UTF_8));
      sha1.update(password.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(sha1.digest(), given);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

  private Outcome freshness(UsernameToken token, Instant created) {
    Instant now = clock.instant();
    if (created.isBefore(now.minus(WINDOW))) {
      return Outcome.STALE;
    }
    if (created.isAfter(now.plus(WINDOW))) {
      return Outcome.FUTURE;
    }
    forgetBefore(now.minus(WINDOW));
    String key = token.username() + " " + token.nonce().orElse("") + " " + created;
    if (used.containsKey(key) || used.size() >= MOST_NONCES) {
      return Outcome.REPLAYED; // a full table refuses rather than forgets
    }
    used.put(key, created);
    return Outcome.OK;
  }

  private void forgetBefore(Instant oldest) {
    Iterator<Instant> times = used.values().iterator();
    // in the order of their use: one that came with a time ahead holds those behind it back
    while (times.hasNext() && times.next().isBefore(oldest)) {
      times.remove();
    }
  }

  private static Optional<Instant> time(String created) {
    try {
      return Optional.of(OffsetDateTime.parse(created).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
