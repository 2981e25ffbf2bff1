// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.refcam.access.Account;
import org.refcam.access.AccountException;
import org.refcam.access.Role;
import org.refcam.audit.EventType;
import org.refcam.web.RefusedException.Reason;

/** Accounts, for administrators. A change that matters ends the account's sessions at once. */
@Path("accounts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class AccountsResource {
  private final Household household;
  private final LiveViews liveViews;
  private final AuditTrail trail;

  AccountsResource(Household household, LiveViews liveViews) {
    this.household = household;
    this.liveViews = liveViews;
    this.trail = new AuditTrail(household.audit());
  }

  /** POST accounts. */
  public record AccountWish(String username, String role) {}

  /** PUT accounts/{username}. */
  public record AccountChange(String username, String role, boolean disabled) {}

  /** One account. */
  public record AccountFacts(
      String username,
      String role,
      String onvifUserLevel,
      boolean disabled,
      boolean mustChangePassword,
      int passkeys,
      String createdAt) {}

  /** An account's first password, shown this once. */
  public record FirstPassword(String username, String firstPassword) {
    @Override
    public String toString() {
      return "first password of " + username;
    }
  }

  @GET
  public List<AccountFacts> accounts() {
    return household.accounts().list().stream().map(AccountsResource::facts).toList();
  }

  @POST
  public Response create(@Nullable AccountWish wish) throws RefusedException, IOException {
    AccountWish given = Given.body(wish);
    String username = Given.field(given.username(), "username");
    Role role = role(given.role());
    try {
      String password = household.accounts().create(username, role);
      trail.record(EventType.ACCOUNT_CREATED, Map.of("account", username, "role", role.word()));
      return once(Response.Status.CREATED, new FirstPassword(username, password));
    } catch (AccountException e) {
      throw refusal(e, "username");
    }
  }

  @PUT
  @Path("{username}")
  public AccountFacts change(@PathParam("username") String username, @Nullable AccountChange wish)
      throws RefusedException, IOException {
    AccountChange given = Given.body(wish);
    String newName = Given.field(given.username(), "username");
    Role role = role(given.role());
    try {
      household.accounts().change(username, newName, role, given.disabled());
      end(username);
      trail.record(
          EventType.ACCOUNT_CHANGED,
          Map.of(
              "account",
              username,
              "name",
              newName,
              "role",
              role.word(),
              "disabled",
              Boolean.toString(given.disabled())));
      Account changed =
          household
              .accounts()
              .find(newName)
              .orElseThrow(() -> new RefusedException(Reason.NOT_FOUND));
      return facts(changed);
    } catch (AccountException e) {
      throw refusal(e, "username");
    }
  }

  @DELETE
  @Path("{username}")
  public void delete(@PathParam("username") String username) throws RefusedException, IOException {
    try {
      household.accounts().delete(username);
      end(username);
      trail.record(EventType.ACCOUNT_DELETED, Map.of("account", username));
    } catch (AccountException e) {
      throw refusal(e, "username");
    }
  }

  @POST
  @Path("{username}/password")
  public Response resetPassword(@PathParam("username") String username)
      throws RefusedException, IOException {
    try {
      String password = household.accounts().resetPassword(username);
      end(username);
      trail.record(EventType.PASSWORD_RESET, Map.of("account", username));
      return once(Response.Status.OK, new FirstPassword(username, password));
    } catch (AccountException e) {
      throw refusal(e, "username");
    }
  }

  private void end(String username) {
    household.sessions().revokeAll(username);
    liveViews.closeRevoked();
  }

  private static Response once(Response.Status status, FirstPassword made) {
    return Response.status(status).header("Cache-Control", "no-store").entity(made).build();
  }

  private static AccountFacts facts(Account account) {
    return new AccountFacts(
        account.username(),
        account.role().word(),
        account.role().onvifUserLevel(),
        account.disabled(),
        account.mustChangePassword(),
        account.passkeys().size(),
        Instant.ofEpochMilli(account.createdAtMillis()).toString());
  }

  private static Role role(@Nullable String word) throws RefusedException {
    return Role.find(Given.field(word, "role")).orElseThrow(() -> Problems.invalidField("role"));
  }

  static RefusedException refusal(AccountException e, String field) {
    RefusedException refusal =
        switch (e.reason()) {
          case INVALID_NAME -> Problems.invalidField(field);
          case NAME_TAKEN -> new RefusedException(Reason.NAME_TAKEN);
          case NOT_FOUND -> new RefusedException(Reason.NOT_FOUND);
          case LAST_ADMINISTRATOR -> new RefusedException(Reason.LAST_ADMINISTRATOR);
          case TOO_MANY -> new RefusedException(Reason.TOO_MANY);
        };
    refusal.initCause(e);
    return refusal;
  }
}
