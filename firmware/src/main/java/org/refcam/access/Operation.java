// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

/**
 * What the camera can be asked to do, and the least role that may: the one table for every door.
 *
 * <p>INV-ACCESS-4. A request is carried out only if its operation stands here and the session's
 * role covers it. Holds against every signed-in person and client. Does not hold against an
 * administrator, who may do everything.
 */
public enum Operation {
  /** Live view, snapshots, addresses of the streams. */
  WATCH(Role.VIEWER),
  READ_SETTINGS(Role.VIEWER),
  /** The own password, passkeys and sessions. */
  OWN_ACCOUNT(Role.VIEWER),
  /** Lists and plays recordings. */
  PLAY_RECORDINGS(Role.VIEWER),
  /** Holds recordings and takes them away as files. */
  EXPORT_RECORDINGS(Role.OPERATOR),
  ERASE_RECORDINGS(Role.ADMINISTRATOR),
  CHANGE_SETTINGS(Role.ADMINISTRATOR),
  MANAGE_CLIENTS(Role.ADMINISTRATOR),
  MANAGE_ACCOUNTS(Role.ADMINISTRATOR),
  /** The whole device, or single recordings. */
  ERASE(Role.ADMINISTRATOR),
  /** Where the camera may send what, and the remote copy. */
  MANAGE_EGRESS(Role.ADMINISTRATOR),
  /** The wireless network that the camera is in. */
  MANAGE_NETWORK(Role.ADMINISTRATOR),
  READ_AUDIT(Role.ADMINISTRATOR),
  CHANGE_AUDIT(Role.ADMINISTRATOR),
  /** What the camera is made of: doors, keys, data, destinations. */
  READ_EVIDENCE(Role.ADMINISTRATOR),
  UPDATE(Role.ADMINISTRATOR);

  private final Role least;

  Operation(Role least) {
    this.least = least;
  }

  /** The least role that may. */
  public Role least() {
    return least;
  }

  public boolean allowedTo(Role role) {
    return role.covers(least);
  }
}
