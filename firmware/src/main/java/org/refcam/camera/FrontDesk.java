// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.refcam.access.Account;
import org.refcam.access.AccountException;
import org.refcam.access.Accounts;
import org.refcam.access.ClientCredentials;
import org.refcam.access.DigestAuthenticator;
import org.refcam.access.Door;
import org.refcam.access.GuessLimiter;
import org.refcam.access.Role;
import org.refcam.access.Sessions;
import org.refcam.access.WeakPasswordException;
import org.refcam.label.Label;
import org.refcam.provision.LabelStore;
import org.refcam.rtsp.RtspGate;
import org.refcam.web.Entrance;
import org.refcam.web.Household;
import org.refcam.web.RefusedException;
import org.refcam.web.RefusedException.Reason;

/**
 * Who may come in, for every door: one guess limiter, one digest authenticator, one owner.
 * Passwords are checked one at a time, so that guesses under way at once cannot slip past the limit
 * together.
 */
final class FrontDesk implements Entrance, RtspGate {
  /** The limiter's name for the label password, which belongs to no account. */
  static final String LABEL = "label";

  private static final String REALM = "RefCam";

  private final Accounts accounts;
  private final Sessions sessions;
  private final ClientCredentials clients;
  private final DigestAuthenticator digest;
  private final GuessLimiter limiter;
  private final LabelStore label;
  private final Object passwordLock = new Object();

  FrontDesk(
      Accounts accounts,
      Sessions sessions,
      ClientCredentials clients,
      DigestAuthenticator digest,
      GuessLimiter limiter,
      LabelStore label) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.clients = clients;
    this.digest = digest;
    this.limiter = limiter;
    this.label = label;
  }

  /** The desk of a camera whose guesses, at any door, its audit log hears of. */
  static FrontDesk of(
      Household household,
      ClientCredentials clients,
      LabelStore label,
      Clock clock,
      SecureRandom random) {
    GuessLimiter limiter = household.limiter();
    limiter.witness(new AccessWitness(household.audit(), household.accounts(), clients));
    return new FrontDesk(
        household.accounts(),
        household.sessions(),
        clients,
        new DigestAuthenticator(REALM, clients, limiter, clock, random),
        limiter,
        label);
  }

  /** For the doors of machines. */
  ClientCredentials clientCredentials() {
    return clients;
  }

  DigestAuthenticator digest() {
    return digest;
  }

  @Override
  public boolean ready() {
    return accounts.ownerExists();
  }

  @Override
  public WebSession setUp(char[] labelPassword, char[] newPassword, InetAddress peer)
      throws RefusedException, IOException {
    Optional<Label> present = label.label();
    if (ready() || present.isEmpty()) {
      throw new RefusedException(Reason.ALREADY_SET_UP);
    }
    synchronized (passwordLock) {
      guessLabel(labelPassword, peer);
      try {
        String written = present.get().password();
        accounts.setUp(newPassword, present.get().serial(), written, written.replace("-", ""));
      } catch (WeakPasswordException e) {
        throw weak(e);
      } catch (IllegalStateException e) { // another request was first
        throw new RefusedException(Reason.ALREADY_SET_UP);
      }
    }
    label.delete();
    return web(sessions.create(owner(), peer.getHostAddress()));
  }

  /** Proves that someone has the label of a camera without an owner, by the one guess limiter. */
  void requireLabel(char[] labelPassword, InetAddress peer) throws RefusedException {
    if (ready() || label.label().isEmpty()) {
      throw new RefusedException(Reason.ALREADY_SET_UP);
    }
    synchronized (passwordLock) {
      guessLabel(labelPassword, peer);
    }
  }

  @Override
  public WebSession signIn(String username, char[] password, InetAddress peer)
      throws RefusedException {
    Account account;
    synchronized (passwordLock) {
      account =
          guess(
              username,
              peer,
              Reason.WRONG_CREDENTIALS,
              () -> accounts.verifyPassword(username, password));
    }
    return web(sessions.create(account, peer.getHostAddress()));
  }

  private Account owner() {
    return accounts
        .find(Accounts.OWNER)
        .orElseThrow(() -> new IllegalStateException("set-up has just made it"));
  }

  @Override
  public Optional<WebSession> find(String token) {
    return sessions.find(token).map(FrontDesk::web);
  }

  @Override
  public void signOut(WebSession session) {
    sessions.revoke(session.token());
  }

  @Override
  public void changePassword(
      WebSession session, char[] oldPassword, char[] newPassword, InetAddress peer)
      throws RefusedException, IOException {
    synchronized (passwordLock) {
      guess(
          session.username(),
          peer,
          Reason.WRONG_CREDENTIALS,
          () -> accounts.verifyPassword(session.username(), oldPassword));
      try {
        accounts.changePassword(session.username(), newPassword);
      } catch (WeakPasswordException e) {
        throw weak(e);
      } catch (AccountException e) { // deleted meanwhile
        throw new RefusedException(Reason.WRONG_CREDENTIALS);
      }
    }
    sessions.revokeOthers(session.username(), session.token());
  }

  @Override
  public void confirmPassword(WebSession session, char[] password, InetAddress peer)
      throws RefusedException {
    synchronized (passwordLock) {
      guess(
          session.username(),
          peer,
          Reason.WRONG_CREDENTIALS,
          () -> accounts.verifyPassword(session.username(), password));
    }
  }

  @Override
  public List<Client> clients() {
    return clients.list().stream()
        .map(
            client ->
                new Client(
                    client.username(),
                    client.name(),
                    client.role().word(),
                    time(client.createdAtMillis()),
                    time(client.lastUsedAtMillis()),
                    client.lastAddress()))
        .toList();
  }

  private static String time(long millis) {
    return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
  }

  @Override
  public NewClient createClient(String name, String role) throws RefusedException, IOException {
    Role wanted =
        Role.find(role)
            .orElseThrow(() -> new RefusedException(Reason.INVALID_FIELD, "role", Duration.ZERO));
    if (clients.list().size() >= ClientCredentials.MOST) {
      throw new RefusedException(Reason.TOO_MANY);
    }
    try {
      ClientCredentials.ClientCredential made = clients.create(name, wanted);
      return new NewClient(made.username(), made.password(), made.role().word(), made.name());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Reason.INVALID_FIELD, "name", Duration.ZERO);
    }
  }

  @Override
  public void revokeClient(String username) throws RefusedException, IOException {
    if (!clients.revoke(username)) {
      throw new RefusedException(Reason.NOT_FOUND);
    }
  }

  @Override
  public List<String> challenges() {
    return challenges(false);
  }

  @Override
  public Optional<String> verifyDigest(
      String authorization, String method, String uri, InetAddress peer) throws RefusedException {
    DigestAuthenticator.Result result = digest.verify(authorization, method, uri, Door.WEB, peer);
    if (result.outcome() == DigestAuthenticator.Outcome.LOCKED) {
      throw new RefusedException(Reason.LOCKED, "", Duration.ZERO);
    }
    return result.client().map(client -> client.role().word());
  }

  @Override
  public boolean open() {
    return ready();
  }

  @Override
  public List<String> challenges(boolean stale) {
    return digest.challenges(stale);
  }

  @Override
  public RtspGate.Verdict verify(
      String authorization, String method, String uri, InetAddress peer) {
    DigestAuthenticator.Result result = digest.verify(authorization, method, uri, Door.RTSP, peer);
    RtspGate.Outcome outcome =
        switch (result.outcome()) {
          case OK -> RtspGate.Outcome.OK;
          case STALE -> RtspGate.Outcome.STALE;
          case REJECTED -> RtspGate.Outcome.REJECTED;
          case LOCKED -> RtspGate.Outcome.LOCKED;
        };
    String client = result.client().map(ClientCredentials.ClientCredential::username).orElse("");
    return new RtspGate.Verdict(outcome, outcome == RtspGate.Outcome.OK ? client : "");
  }

  @Override
  public boolean known(String client) {
    return clients.find(client).isPresent();
  }

  /** What a right guess yields. */
  private void guessLabel(char[] password, InetAddress peer) throws RefusedException {
    guess(
        LABEL, peer, Reason.WRONG_LABEL, () -> Optional.of(label).filter(l -> l.verify(password)));
  }

  private <T> T guess(String account, InetAddress peer, Reason wrong, Supplier<Optional<T>> right)
      throws RefusedException {
    GuessLimiter.Verdict verdict = limiter.check(account, peer);
    if (!verdict.allowed()) {
      throw new RefusedException(Reason.LOCKED, "", verdict.retryAfter());
    }
    Optional<T> found = right.get();
    if (found.isEmpty()) {
      limiter.failed(Door.REST, account, peer);
      throw new RefusedException(wrong);
    }
    limiter.succeeded(Door.REST, account, peer);
    return found.get();
  }

  private static RefusedException weak(WeakPasswordException e) {
    return new RefusedException(Reason.WEAK_PASSWORD, e.reason().word(), Duration.ZERO);
  }

  private static WebSession web(Sessions.Session session) {
    return new WebSession(
        session.token(),
        session.username(),
        session.role().word(),
        session.csrfToken(),
        session.mustChangePassword());
  }
}
