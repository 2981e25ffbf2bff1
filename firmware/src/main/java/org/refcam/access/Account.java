// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.util.List;

/**
 * One person's account. Immutable.
 *
 * @param hash of the password, by Argon2id
 * @param mustChangePassword whether the password is a first one that somebody else has seen
 * @param passkeys for signing in without the password
 */
public record Account(
    String username,
    Role role,
    String hash,
    boolean mustChangePassword,
    boolean disabled,
    long createdAtMillis,
    List<Passkey> passkeys) {
  public Account {
    passkeys = List.copyOf(passkeys);
  }

  /** Whether it can still govern the camera when another administrator goes. */
  boolean governs() {
    return role == Role.ADMINISTRATOR && !disabled && !mustChangePassword;
  }

  Account withPassword(String newHash, boolean mustChange) {
    return new Account(username, role, newHash, mustChange, disabled, createdAtMillis, passkeys);
  }

  Account with(String newUsername, Role newRole, boolean nowDisabled) {
    return new Account(
        newUsername, newRole, hash, mustChangePassword, nowDisabled, createdAtMillis, passkeys);
  }

  Account withPasskeys(List<Passkey> changed) {
    return new Account(
        username, role, hash, mustChangePassword, disabled, createdAtMillis, changed);
  }

  @Override
  public String toString() {
    return username + " (" + role + ")";
  }
}
