// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.List;
import java.util.Optional;
import org.refcam.access.Operation;

/**
 * Every call of the REST interface and who may make it. What is not in this table is not served,
 * whatever resource might answer it. Immutable.
 */
final class RestTable {
  /**
   * One call.
   *
   * @param template with {@code {}} for a variable segment
   * @param operation empty if it needs no session
   * @param beforeSetUp whether it is served before the camera has an owner
   * @param withFirstPassword whether a session may make it that has to change its password first
   */
  record Call(
      String method,
      String template,
      Optional<Operation> operation,
      boolean beforeSetUp,
      boolean withFirstPassword) {
    boolean matches(String askedMethod, String path) {
      String asked = askedMethod.equals("HEAD") ? "GET" : askedMethod;
      return method.equals(asked) && matchesPath(path);
    }

    boolean matchesPath(String path) {
      String[] mine = template.split("/", -1);
      String[] theirs = path.split("/", -1);
      boolean same = mine.length == theirs.length;
      for (int i = 0; same && i < mine.length; i++) {
        same = mine[i].equals("{}") ? !theirs[i].isEmpty() : mine[i].equals(theirs[i]);
      }
      return same;
    }

    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  static final List<Call> CALLS =
      List.of(
          open("GET", "status", true),
          open("GET", "openapi.json", true),
          open("POST", "setup", true),
          open("GET", "factory/request", true),
          open("POST", "factory/certificate", true),
          open("POST", "session", false),
          open("POST", "passkeys/sign-in-options", false),
          open("POST", "passkeys/sign-in", false),
          alsoWithFirstPassword("GET", "session"),
          alsoWithFirstPassword("DELETE", "session"),
          alsoWithFirstPassword("POST", "password"),
          call("GET", "sessions", Operation.OWN_ACCOUNT),
          call("DELETE", "sessions", Operation.OWN_ACCOUNT),
          call("DELETE", "sessions/{}", Operation.OWN_ACCOUNT),
          call("GET", "sessions/limits", Operation.READ_SETTINGS),
          call("PUT", "sessions/limits", Operation.CHANGE_SETTINGS),
          call("GET", "passkeys", Operation.OWN_ACCOUNT),
          call("POST", "passkeys", Operation.OWN_ACCOUNT),
          call("POST", "passkeys/options", Operation.OWN_ACCOUNT),
          call("DELETE", "passkeys/{}", Operation.OWN_ACCOUNT),
          call("GET", "accounts", Operation.MANAGE_ACCOUNTS),
          call("POST", "accounts", Operation.MANAGE_ACCOUNTS),
          call("PUT", "accounts/{}", Operation.MANAGE_ACCOUNTS),
          call("DELETE", "accounts/{}", Operation.MANAGE_ACCOUNTS),
          call("POST", "accounts/{}/password", Operation.MANAGE_ACCOUNTS),
          call("GET", "clients", Operation.MANAGE_CLIENTS),
          call("POST", "clients", Operation.MANAGE_CLIENTS),
          call("DELETE", "clients/{}", Operation.MANAGE_CLIENTS),
          call("GET", "snapshot/{}", Operation.WATCH),
          call("GET", "connect", Operation.WATCH),
          call("GET", "settings", Operation.READ_SETTINGS),
          call("PUT", "settings", Operation.CHANGE_SETTINGS),
          call("GET", "egress", Operation.MANAGE_EGRESS),
          call("PUT", "egress/viet-nam-only", Operation.MANAGE_EGRESS),
          call("POST", "egress/destinations", Operation.MANAGE_EGRESS),
          call("DELETE", "egress/destinations/{}", Operation.MANAGE_EGRESS),
          call("GET", "egress/remote-copy", Operation.MANAGE_EGRESS),
          call("PUT", "egress/remote-copy", Operation.MANAGE_EGRESS),
          call("POST", "egress/remote-copy/test", Operation.MANAGE_EGRESS),
          call("POST", "egress/remote-copy/recovery-key", Operation.MANAGE_EGRESS),
          call("GET", "fleet", Operation.MANAGE_EGRESS),
          call("PUT", "fleet", Operation.MANAGE_EGRESS),
          call("POST", "fleet/decision", Operation.UPDATE),
          call("GET", "recordings", Operation.PLAY_RECORDINGS),
          call("DELETE", "recordings", Operation.ERASE_RECORDINGS),
          call("GET", "recordings/state", Operation.PLAY_RECORDINGS),
          call("GET", "recordings/settings", Operation.READ_SETTINGS),
          call("PUT", "recordings/settings", Operation.CHANGE_SETTINGS),
          call("POST", "recordings/exports", Operation.EXPORT_RECORDINGS),
          call("GET", "recordings/exports/{}", Operation.EXPORT_RECORDINGS),
          call("GET", "recordings/exports/{}/file", Operation.EXPORT_RECORDINGS),
          call("DELETE", "recordings/exports/{}", Operation.EXPORT_RECORDINGS),
          call("GET", "recordings/{}/thumbnail", Operation.PLAY_RECORDINGS),
          call("GET", "recordings/{}/video", Operation.PLAY_RECORDINGS),
          call("GET", "recordings/{}/part", Operation.PLAY_RECORDINGS),
          call("POST", "recordings/{}/hold", Operation.EXPORT_RECORDINGS),
          call("DELETE", "recordings/{}", Operation.ERASE_RECORDINGS),
          call("POST", "erase/confirmation", Operation.ERASE),
          call("POST", "erase", Operation.ERASE),
          open("GET", "erase/certificates", true), // the resource asks for an administrator
          open("GET", "erase/certificates/{}", true),
          open("GET", "erase/certificates/{}/pdf", true),
          call("GET", "evidence", Operation.READ_EVIDENCE),
          call("GET", "audit", Operation.READ_AUDIT),
          call("GET", "audit/check", Operation.READ_AUDIT),
          call("GET", "audit/export", Operation.READ_AUDIT),
          call("GET", "audit/settings", Operation.READ_AUDIT),
          call("PUT", "audit/settings", Operation.CHANGE_AUDIT),
          call("GET", "health", Operation.READ_AUDIT),
          call("POST", "health", Operation.UPDATE),
          call("GET", "wifi", Operation.MANAGE_NETWORK),
          call("GET", "wifi/networks", Operation.MANAGE_NETWORK),
          call("PUT", "wifi", Operation.MANAGE_NETWORK),
          call("DELETE", "wifi", Operation.MANAGE_NETWORK),
          call("GET", "update", Operation.READ_SETTINGS),
          call("POST", "update", Operation.UPDATE),
          call("POST", "update/bundle", Operation.UPDATE));

  private RestTable() {}

  /** The call that a request makes. */
  static Optional<Call> find(String method, String path) {
    return CALLS.stream().filter(call -> call.matches(method, path)).findFirst();
  }

  /** Whether another method is served at the path. */
  static boolean hasPath(String path) {
    return CALLS.stream().anyMatch(call -> call.matchesPath(path));
  }

  private static Call call(String method, String template, Operation operation) {
    return new Call(method, template, Optional.of(operation), false, false);
  }

  private static Call open(String method, String template, boolean beforeSetUp) {
    return new Call(method, template, Optional.empty(), beforeSetUp, true);
  }

  private static Call alsoWithFirstPassword(String method, String template) {
    return new Call(method, template, Optional.of(Operation.OWN_ACCOUNT), false, true);
  }
}
