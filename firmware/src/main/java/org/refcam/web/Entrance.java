// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who may come in: set-up, sign-in, sessions and client credentials. Implementations count guesses
 * across all doors, take equally long for known and unknown users, and are safe from any thread.
 */
public interface Entrance {
  /** Whether an owner exists; until then only set-up is served. */
  boolean ready();

  /**
   * Makes the owner's account and signs the owner in. The arrays are the caller's, who wipes them.
   *
   * @throws RefusedException WRONG_LABEL, WEAK_PASSWORD with its detail, ALREADY_SET_UP, LOCKED
   * @throws IOException if the account could not be stored; the camera stays as it was
   */
  WebSession setUp(char[] labelPassword, char[] newPassword, InetAddress peer)
      throws RefusedException, IOException;

  /**
   * @throws RefusedException WRONG_CREDENTIALS, LOCKED
   */
  WebSession signIn(String username, char[] password, InetAddress peer) throws RefusedException;

  /** The live session of a cookie's token. */
  Optional<WebSession> find(String token);

  void signOut(WebSession session);

  /**
   * Changes the password of the session's account and ends its other sessions.
   *
   * @throws RefusedException WRONG_CREDENTIALS, WEAK_PASSWORD, LOCKED
   * @throws IOException if it could not be stored; the old password stays
   */
  void changePassword(WebSession session, char[] oldPassword, char[] newPassword, InetAddress peer)
      throws RefusedException, IOException;

  /**
   * Proves the password of the session's account again.
   *
   * @throws RefusedException WRONG_CREDENTIALS, LOCKED
   */
  void confirmPassword(WebSession session, char[] password, InetAddress peer)
      throws RefusedException;

  /** Client credentials, without their passwords. */
  List<Client> clients();

  /**
   * @throws RefusedException INVALID_FIELD, TOO_MANY
   * @throws IOException if it could not be stored; none was made
   */
  NewClient createClient(String name, String role) throws RefusedException, IOException;

  /**
   * @throws RefusedException NOT_FOUND
   * @throws IOException if the revocation could not be stored
   */
  void revokeClient(String username) throws RefusedException, IOException;

  /** WWW-Authenticate values of HTTP Digest (RFC 7616), strongest first. */
  List<String> challenges();

  /**
   * The role of a client that proves itself by HTTP Digest; empty if it has to try again.
   *
   * @throws RefusedException LOCKED
   */
  Optional<String> verifyDigest(String authorization, String method, String uri, InetAddress peer)
      throws RefusedException;

  /** A browser's session. {@code token} is the cookie's secret. */
  record WebSession(
      String token, String username, String role, String csrfToken, boolean mustChangePassword) {
    public boolean administrator() {
      return role.equals("administrator");
    }

    @Override
    public String toString() {
      return "session of " + username;
    }
  }

  /**
   * One RTSP and ONVIF client.
   *
   * @param createdAt RFC 3339
   * @param lastUsedAt RFC 3339, empty if it never came in
   * @param lastAddress from where it came last
   */
  record Client(
      String username,
      String name,
      String role,
      String createdAt,
      String lastUsedAt,
      String lastAddress) {}

  /** A client just made; its password is shown this once. */
  record NewClient(String username, String password, String role, String name) {
    @Override
    public String toString() {
      return "new client " + username;
    }
  }
}
