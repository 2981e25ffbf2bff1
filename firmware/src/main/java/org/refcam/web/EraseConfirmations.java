// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tokens that say: this session has proved its password just now.
 *
 * <p>INV-ERASE-6. Over REST a device is erased only by an administrator's session that proved its
 * password at most {@link #LIFE} before, once for each proof. Holds against whoever has a stolen
 * cookie, or an unlocked browser. Does not hold against whoever knows the password.
 *
 * <p>Guarded by its monitor; at most as many as there are sessions.
 */
final class EraseConfirmations {
  static final Duration LIFE = Duration.ofMinutes(2);

  private static final int TOKEN_BYTES = 32;
  private static final int MOST = 64;

  private record Proof(byte[] token, long until) {}

  private final SecureRandom random;
  private final LongSupplier nanos;
  private final Map<String, Proof> proofs = new HashMap<>();

  EraseConfirmations(SecureRandom random, LongSupplier nanos) {
    this.random = random;
    this.nanos = nanos;
  }

  /** A token for a session; its earlier one is worth nothing any more. */
  synchronized String issue(String session) {
    proofs.values().removeIf(proof -> proof.until - nanos.getAsLong() < 0);
    if (proofs.size() >= MOST) {
      proofs.clear(); // sessions are bounded too, so these are of dead ones
    }
    byte[] raw = new byte[TOKEN_BYTES];
    random.nextBytes(raw);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    proofs.put(session, new Proof(bytes(token), nanos.getAsLong() + LIFE.toNanos()));
    return token;
  }

  /** Whether it is the session's, and fresh; it is used up, right or wrong. */
  synchronized boolean take(String session, String token) {
    Proof proof = proofs.remove(session);
    return proof != null
        && proof.until - nanos.getAsLong() >= 0
        && MessageDigest.isEqual(proof.token, bytes(token));
  }

  private static byte[] bytes(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }
}
