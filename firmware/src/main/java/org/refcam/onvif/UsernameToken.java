// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.Optional;

/**
 * A WS-Security UsernameToken as it came (OASIS UsernameToken Profile 1.1), not verified.
 * Immutable.
 *
 * @param username of a client of this camera
 * @param password what the client sent, in Base 64: SHA-1 of nonce, created and password
 * @param digest whether the type says that it is a digest; a password in clear is never taken
 * @param nonce Base 64; empty if there is none
 * @param created as written; empty if there is none
 */
record UsernameToken(
    String username,
    String password,
    boolean digest,
    Optional<String> nonce,
    Optional<String> created) {

  /** Says nothing of what could be replayed. */
  @Override
  public String toString() {
    return "token of " + username;
  }
}
