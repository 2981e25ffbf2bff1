// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.refcam.access.Account;
import org.refcam.access.AccountException;
import org.refcam.access.Door;
import org.refcam.access.GuessLimiter;
import org.refcam.access.Passkey;
import org.refcam.access.PasskeyException;
import org.refcam.access.Passkeys;
import org.refcam.access.Sessions;
import org.refcam.audit.EventType;
import org.refcam.web.Entrance.WebSession;
import org.refcam.web.RefusedException.Reason;

/**
 * Passkeys: Web Authentication between the page and the account. Browsers offer it only where the
 * page has a host name and a certificate that they trust, so never at the camera's IP address.
 */
@Path("passkeys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class PasskeysResource {
  /** The guess limiter's name for passkeys that belong to no account. */
  private static final String UNKNOWN = "passkey";

  private final Household household;
  private final AuditTrail trail;

  PasskeysResource(Household household) {
    this.household = household;
    this.trail = new AuditTrail(household.audit());
  }

  /** One passkey of the own account. */
  public record PasskeyFacts(String id, String name, String host, String createdAt) {}

  /** What the browser needs to make a passkey, or to use one; user fields are empty then. */
  public record PasskeyOptions(
      String challenge, String host, String userId, String username, List<String> known) {}

  /** POST passkeys; bytes are base64url. */
  public record NewPasskey(
      String name, String challenge, String clientData, String authenticatorData) {}

  /** POST passkeys/sign-in; bytes are base64url. */
  public record PasskeyAnswer(
      String id, String challenge, String clientData, String authenticatorData, String signature) {}

  @GET
  public List<PasskeyFacts> passkeys() throws RefusedException {
    return own().passkeys().stream().map(PasskeysResource::facts).toList();
  }

  @POST
  @Path("options")
  public PasskeyOptions options() throws RefusedException {
    Account own = own();
    String host = page().host();
    return new PasskeyOptions(
        household.passkeys().challenge(own.username()),
        host,
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(own.username().getBytes(StandardCharsets.UTF_8)),
        own.username(),
        own.passkeys().stream().filter(p -> p.host().equals(host)).map(Passkey::id).toList());
  }

  @POST
  public Response register(@Nullable NewPasskey wish) throws RefusedException, IOException {
    NewPasskey given = Given.body(wish);
    String name = Given.field(given.name(), "name").strip();
    if (name.isEmpty() || name.length() > 64 || name.chars().anyMatch(Character::isISOControl)) {
      throw Problems.invalidField("name");
    }
    try {
      Passkey made =
          household
              .passkeys()
              .register(
                  own().username(),
                  name,
                  Given.field(given.challenge(), "challenge"),
                  Given.bytes(given.clientData(), "clientData"),
                  Given.bytes(given.authenticatorData(), "authenticatorData"),
                  page());
      trail.record(EventType.PASSKEY_ADDED, Map.of("name", name, "host", made.host()));
      return Response.status(Response.Status.CREATED).entity(facts(made)).build();
    } catch (PasskeyException e) {
      throw refusal(e);
    } catch (AccountException e) {
      throw AccountsResource.refusal(e, "name");
    }
  }

  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") String id) throws RefusedException, IOException {
    try {
      if (!household.passkeys().remove(own().username(), id)) {
        throw new RefusedException(Reason.NOT_FOUND);
      }
      trail.record(EventType.PASSKEY_REMOVED, Map.of());
    } catch (AccountException e) {
      throw AccountsResource.refusal(e, "name");
    }
  }

  @POST
  @Path("sign-in-options")
  public PasskeyOptions signInOptions() throws RefusedException {
    return new PasskeyOptions(household.passkeys().challenge(""), page().host(), "", "", List.of());
  }

  @POST
  @Path("sign-in")
  public Response signIn(@Nullable PasskeyAnswer wish) throws RefusedException, IOException {
    PasskeyAnswer given = Given.body(wish);
    String id = Given.field(given.id(), "id");
    InetAddress peer = Gatekeeper.peer();
    String username = household.passkeys().find(id).map(Account::username).orElse(UNKNOWN);
    GuessLimiter limiter = household.limiter();
    GuessLimiter.Verdict verdict = limiter.check(username, peer);
    if (!verdict.allowed()) {
      throw new RefusedException(Reason.LOCKED, "", verdict.retryAfter());
    }
    try {
      Account account =
          household
              .passkeys()
              .signIn(
                  id,
                  Given.field(given.challenge(), "challenge"),
                  Given.bytes(given.clientData(), "clientData"),
                  Given.bytes(given.authenticatorData(), "authenticatorData"),
                  Given.bytes(given.signature(), "signature"),
                  page());
      limiter.succeeded(Door.REST, username, peer);
      Sessions.Session made = household.sessions().create(account, peer.getHostAddress());
      trail.record(EventType.SIGN_IN, account.username(), Map.of("with", "passkey"));
      return RestApi.signedIn(
          new WebSession(
              made.token(),
              made.username(),
              made.role().word(),
              made.csrfToken(),
              made.mustChangePassword()));
    } catch (PasskeyException e) {
      limiter.failed(Door.REST, username, peer);
      throw refusal(e);
    } catch (AccountException e) {
      throw AccountsResource.refusal(e, "id");
    }
  }

  private Account own() throws RefusedException {
    return Gatekeeper.session()
        .flatMap(session -> household.accounts().find(session.username()))
        .orElseThrow(() -> new RefusedException(Reason.SIGN_IN_FIRST));
  }

  /** The page as the browser names it; {@link Doorkeeper} has checked that the name is ours. */
  private static Passkeys.Page page() throws RefusedException {
    String host = Gatekeeper.servletRequest().getServerName();
    int port = Gatekeeper.servletRequest().getServerPort();
    if (host.contains(":") || host.startsWith("[") || host.matches("[0-9.]+")) {
      throw new RefusedException(Reason.NEEDS_HOST_NAME);
    }
    return new Passkeys.Page("https://" + host + (port == 443 ? "" : ":" + port), host);
  }

  private static PasskeyFacts facts(Passkey passkey) {
    return new PasskeyFacts(
        passkey.id(),
        passkey.name(),
        passkey.host(),
        Instant.ofEpochMilli(passkey.createdAtMillis()).toString());
  }

  private static RefusedException refusal(PasskeyException e) {
    RefusedException refusal =
        new RefusedException(
            Reason.WRONG_PASSKEY,
            e.reason().name().toLowerCase(java.util.Locale.ROOT),
            Duration.ZERO);
    refusal.initCause(e);
    return refusal;
  }
}
