// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.device;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.refcam.access.ClientCredentials;
import org.refcam.access.ClientException;
import org.refcam.access.Role;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.EventType;
import org.refcam.onvif.Call;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.OnvifParts;
import org.refcam.onvif.Values;
import org.refcam.onvif.device.Users.GetUsersResponse;
import org.refcam.onvif.schema.DeviceTypes.User;

/**
 * ONVIF's users are the camera's client credentials: never a person's account. A client cannot take
 * away or lower itself, so that the last administrator among them does not lock itself out by
 * mistake; the owner revokes any on the page.
 */
final class UserDesk {
  private final OnvifParts parts;

  UserDesk(OnvifParts parts) {
    this.parts = parts;
  }

  GetUsersResponse list() {
    GetUsersResponse response = new GetUsersResponse();
    for (ClientCredentials.ClientCredential client : parts.clients().list()) {
      User user = new User();
      user.Username = client.username();
      user.UserLevel = level(client.role());
      response.User.add(user);
    }
    return response;
  }

  /** All or none, as far as it can be told beforehand. */
  void create(List<User> users) {
    if (users.isEmpty()) {
      throw OnvifFault.of(Code.INVALID_ARGS, "the request lacks User");
    }
    Set<String> names = new HashSet<>();
    for (User user : users) {
      String name = Values.required(user.Username, "Username");
      role(user);
      boolean taken =
          !names.add(name)
              || parts.device().isPerson(name)
              || parts.clients().find(name).isPresent();
      if (taken) {
        throw OnvifFault.of(Code.OPERATION_PROHIBITED, "UsernameClash", "this name is taken");
      }
    }
    if (parts.clients().list().size() + users.size() > ClientCredentials.MOST) {
      throw tooMany();
    }
    for (User user : users) {
      String password = Values.required(user.Password, "Password");
      change(() -> parts.clients().add(user.Username, password, role(user)));
      record(EventType.CLIENT_CREATED, user.Username);
    }
  }

  void delete(List<String> usernames) {
    for (String username : usernames) {
      requireKnown(username);
      requireOther(username);
    }
    for (String username : usernames) {
      Values.store(() -> parts.clients().revoke(username));
      record(EventType.CLIENT_REVOKED, username);
    }
  }

  void set(List<User> users) {
    for (User user : users) {
      requireKnown(Values.required(user.Username, "Username"));
      if (role(user) != Role.ADMINISTRATOR) {
        requireOther(user.Username);
      }
    }
    for (User user : users) {
      change(
          () ->
              parts
                  .clients()
                  .change(user.Username, Optional.ofNullable(user.Password), role(user)));
      record(EventType.SETTINGS_CHANGED, user.Username);
    }
  }

  private void requireKnown(String username) {
    if (parts.clients().find(username).isEmpty()) {
      throw OnvifFault.invalid("UsernameMissing", "there is no such user");
    }
  }

  private static void requireOther(String username) {
    boolean self = Call.current().client().map(c -> c.username().equals(username)).orElse(false);
    if (self) {
      throw OnvifFault.invalid("FixedUser", "a client cannot take this away from itself");
    }
  }

  private static Role role(User user) {
    return switch (Values.required(user.UserLevel, "UserLevel")) {
      case "Administrator" -> Role.ADMINISTRATOR;
      case "Operator" -> Role.OPERATOR;
      case "User" -> Role.VIEWER;
      default -> throw OnvifFault.invalid("UserLevel", "there is no such level here");
    };
  }

  private static String level(Role role) {
    return switch (role) {
      case ADMINISTRATOR -> "Administrator";
      case OPERATOR -> "Operator";
      case VIEWER -> "User";
    };
  }

  /** A change of the credentials. */
  @FunctionalInterface
  private interface Change {
    void run() throws ClientException, java.io.IOException;
  }

  private static void change(Change change) {
    Values.store(
        () -> {
          try {
            change.run();
          } catch (ClientException e) {
            OnvifFault fault = fault(e.reason());
            fault.initCause(e);
            throw fault;
          }
        });
  }

  private static OnvifFault fault(ClientException.Reason reason) {
    return switch (reason) {
      case BAD_NAME ->
          OnvifFault.of(Code.OPERATION_PROHIBITED, "Username", "1 to 32 letters, digits, . _ -");
      case NAME_TAKEN ->
          OnvifFault.of(Code.OPERATION_PROHIBITED, "UsernameClash", "this name is taken");
      case WEAK_PASSWORD ->
          OnvifFault.of(
              Code.OPERATION_PROHIBITED, "Password", "12 to 64 letters that do not hold the name");
      case UNKNOWN -> OnvifFault.invalid("UsernameMissing", "there is no such user");
      case TOO_MANY -> tooMany();
    };
  }

  private static OnvifFault tooMany() {
    return OnvifFault.of(Code.ACTION, "TooManyUsers", "there is no room for one more user");
  }

  private void record(EventType type, String username) {
    Call call = Call.current();
    String who = call.client().map(ClientCredentials.ClientCredential::username).orElse("");
    parts.audit().accept(new AuditEvent(type, who, call.peer(), Map.of("client", username)));
  }
}
