// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.access.PasskeyException.Reason;

/**
 * Passkeys of the accounts: challenges, registration, sign-in. Browsers offer them only on a page
 * that has a host name and a certificate that the browser trusts: never at an IP address.
 *
 * <p>INV-ACCESS-6. A passkey signs in only its own account, by answering a challenge that this
 * camera gave within {@value #LIFE_MINUTES} minutes and that no one answered before, on a page of
 * the name that it was made for. Holds against who recorded or relayed answers. Does not hold
 * against who holds the unlocked authenticator. Guarded by its monitor.
 */
public final class Passkeys {
  /** Passkeys of one account at most. */
  public static final int MOST = 8;

  static final int LIFE_MINUTES = 5;
  private static final int MOST_CHALLENGES = 64;
  private static final int CHALLENGE_BYTES = 32;

  /**
   * The page that asks.
   *
   * @param origin as the browser states it, such as {@code https://cam.local:8443}
   * @param host its name without port
   */
  public record Page(String origin, String host) {}

  private record Challenge(String username, long madeAtMillis) {}

  private final Accounts accounts;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Challenge> open = new LinkedHashMap<>();

  public Passkeys(Accounts accounts, Clock clock, SecureRandom random) {
    this.accounts = accounts;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A fresh challenge, base64url.
   *
   * @param username of the account that will register; empty for a sign-in
   */
  public synchronized String challenge(String username) {
    byte[] bytes = new byte[CHALLENGE_BYTES];
    random.nextBytes(bytes);
    String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    if (open.size() >= MOST_CHALLENGES) {
      Iterator<String> oldest = open.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    open.put(challenge, new Challenge(username, clock.millis()));
    return challenge;
  }

  /**
   * Adds a passkey to an account.
   *
   * @param name for the person's list, 1 to 64 characters
   * @throws PasskeyException saying what it does not prove
   * @throws AccountException NOT_FOUND; TOO_MANY
   */
  public Passkey register(
      String username,
      String name,
      String challenge,
      byte[] clientData,
      byte[] authenticatorData,
      Page page)
      throws PasskeyException, AccountException, IOException {
    take(challenge, username);
    WebAuthn.Registered made =
        WebAuthn.register(clientData, authenticatorData, expected(challenge, page));
    Passkey passkey =
        new Passkey(
            made.id(), made.publicKey(), made.signatureCount(), name, page.host(), clock.millis());
    synchronized (this) {
      if (find(made.id()).isPresent()) {
        throw new AccountException(AccountException.Reason.NAME_TAKEN);
      }
      Account account =
          accounts
              .find(username)
              .orElseThrow(() -> new AccountException(AccountException.Reason.NOT_FOUND));
      if (account.passkeys().size() >= MOST) {
        throw new AccountException(AccountException.Reason.TOO_MANY);
      }
      accounts.changePasskeys(
          username,
          before -> {
            List<Passkey> changed = new ArrayList<>(before);
            changed.add(passkey);
            return changed;
          });
    }
    return passkey;
  }

  /** The account that has the passkey, if it may sign in. */
  public Optional<Account> find(String id) {
    return accounts.list().stream()
        .filter(a -> !a.disabled() && a.passkeys().stream().anyMatch(p -> p.id().equals(id)))
        .findFirst();
  }

  /**
   * The account that the answer proves.
   *
   * @throws PasskeyException saying what it does not prove
   */
  public Account signIn(
      String id,
      String challenge,
      byte[] clientData,
      byte[] authenticatorData,
      byte[] signature,
      Page page)
      throws PasskeyException, AccountException, IOException {
    take(challenge, "");
    Account account = find(id).orElseThrow(() -> new PasskeyException(Reason.BAD_SIGNATURE));
    Passkey passkey =
        account.passkeys().stream()
            .filter(p -> p.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new PasskeyException(Reason.BAD_SIGNATURE));
    Passkey counted =
        WebAuthn.verify(
            passkey, clientData, authenticatorData, signature, expected(challenge, page));
    if (counted.signatureCount() != passkey.signatureCount()) {
      accounts.changePasskeys(
          account.username(),
          before -> before.stream().map(p -> p.id().equals(id) ? counted : p).toList());
    }
    return account;
  }

  /**
   * Whether the account had such a passkey; it is gone now.
   *
   * @throws AccountException NOT_FOUND
   */
  public boolean remove(String username, String id) throws AccountException, IOException {
    boolean there =
        accounts.find(username).stream()
            .flatMap(account -> account.passkeys().stream())
            .anyMatch(passkey -> passkey.id().equals(id));
    accounts.changePasskeys(
        username, before -> before.stream().filter(p -> !p.id().equals(id)).toList());
    return there;
  }

  private static WebAuthn.Expected expected(String challenge, Page page) {
    return new WebAuthn.Expected(challenge, page.origin(), page.host());
  }

  /** A challenge serves once. */
  private synchronized void take(String challenge, String username) throws PasskeyException {
    Challenge taken = open.remove(challenge);
    long oldest = clock.millis() - Duration.ofMinutes(LIFE_MINUTES).toMillis();
    if (taken == null || !taken.username().equals(username) || taken.madeAtMillis() < oldest) {
      throw new PasskeyException(Reason.WRONG_CHALLENGE);
    }
  }
}
