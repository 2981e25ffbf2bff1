// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An entrance with two live sessions and one recorder, and a count of what was changed. */
final class OneOwner implements Entrance {
  static final WebSession OWNER =
      new WebSession("owner-token", "owner", "administrator", "owner-csrf", false);
  static final WebSession VIEWER =
      new WebSession("viewer-token", "viewer", "viewer", "viewer-csrf", false);

  volatile boolean ready = true;
  final AtomicInteger changes = new AtomicInteger();

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public WebSession setUp(char[] labelPassword, char[] newPassword, InetAddress peer) {
    changes.incrementAndGet();
    return OWNER;
  }

  @Override
  public WebSession signIn(String username, char[] password, InetAddress peer) {
    return OWNER;
  }

  @Override
  public Optional<WebSession> find(String token) {
    return List.of(OWNER, VIEWER).stream().filter(s -> s.token().equals(token)).findFirst();
  }

  @Override
  public void signOut(WebSession session) {
    changes.incrementAndGet();
  }

  @Override
  public void changePassword(
      WebSession session, char[] oldPassword, char[] newPassword, InetAddress peer) {
    changes.incrementAndGet();
  }

  @Override
  public void confirmPassword(WebSession session, char[] password, InetAddress peer)
      throws RefusedException {
    if (password.length < 4) {
      throw new RefusedException(RefusedException.Reason.WRONG_CREDENTIALS);
    }
  }

  @Override
  public List<Client> clients() {
    return List.of(new Client("client-1", "recorder", "viewer", "", "", ""));
  }

  @Override
  public NewClient createClient(String name, String role) {
    changes.incrementAndGet();
    return new NewClient("client-2", "secret", role, name);
  }

  @Override
  public void revokeClient(String username) {
    changes.incrementAndGet();
  }

  @Override
  public List<String> challenges() {
    return List.of("Digest realm=\"RefCam\"");
  }

  @Override
  public Optional<String> verifyDigest(
      String authorization, String method, String uri, InetAddress peer) {
    return authorization.equals("Digest right") ? Optional.of("viewer") : Optional.empty();
  }
}
