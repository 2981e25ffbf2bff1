// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.web.Entrance.WebSession;
import org.refcam.web.Erasures.CertificateFacts;
import org.refcam.web.Erasures.Erasure;
import org.refcam.web.RefusedException.Reason;

/**
 * Erasing, for administrators, and the certificates. A camera without an owner shows those of the
 * device to anyone: whoever erased it has no account any more, and they tell of no person.
 */
@Path("erase")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class EraseResource {
  private final Entrance entrance;
  private final Erasures erasures;
  private final EraseConfirmations confirmations;

  EraseResource(Entrance entrance, Erasures erasures, EraseConfirmations confirmations) {
    this.entrance = entrance;
    this.erasures = erasures;
    this.confirmations = confirmations;
  }

  /** POST erase/confirmation. */
  public record PasswordProof(char[] password) {}

  /** What the proof is worth. */
  public record Confirmation(String token, long expiresInSeconds) {
    @Override
    public String toString() {
      return "confirmation";
    }
  }

  /**
   * POST erase.
   *
   * @param scope {@code device}, {@code clip} or {@code range}
   * @param token of a confirmation, for a device
   * @param clip of a clip
   * @param stream of a range; all streams if it is not given
   */
  public record EraseWish(
      String scope,
      @Nullable String token,
      @Nullable String clip,
      @Nullable String stream,
      @Nullable String from,
      @Nullable String to) {}

  /** Proves the password of the session's account again. */
  @POST
  @Path("confirmation")
  public Response confirm(@Nullable PasswordProof wish) throws RefusedException {
    char[] password = Given.field(Given.body(wish).password(), "password");
    try {
      WebSession session = session();
      entrance.confirmPassword(session, password, Gatekeeper.peer());
      return Response.status(Response.Status.CREATED)
          .header("Cache-Control", "no-store")
          .entity(
              new Confirmation(
                  confirmations.issue(session.token()), EraseConfirmations.LIFE.toSeconds()))
          .build();
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @POST
  public Erasure erase(@Nullable EraseWish wish) throws RefusedException, IOException {
    EraseWish given = Given.body(wish);
    return switch (Given.field(given.scope(), "scope")) {
      case "device" -> device(given);
      case "clip" -> erasures.clip(Given.field(given.clip(), "clip"));
      case "range" ->
          erasures.range(
              Optional.ofNullable(given.stream()),
              time(given.from(), "from"),
              time(given.to(), "to"));
      default -> throw Problems.invalidField("scope");
    };
  }

  private Erasure device(EraseWish wish) throws RefusedException, IOException {
    String token = wish.token();
    if (token == null || !confirmations.take(session().token(), token)) {
      throw new RefusedException(Reason.CONFIRM_FIRST);
    }
    return erasures.device();
  }

  @GET
  @Path("certificates")
  public List<CertificateFacts> certificates() throws RefusedException, IOException {
    return erasures.certificates(owners());
  }

  @GET
  @Path("certificates/{id}")
  public Response certificate(@PathParam("id") String id) throws RefusedException, IOException {
    return file(erasures.certificate(id, owners()), id + ".json", MediaType.APPLICATION_JSON);
  }

  @GET
  @Path("certificates/{id}/pdf")
  @Produces("application/pdf")
  public Response certificatePdf(@PathParam("id") String id) throws RefusedException, IOException {
    return file(erasures.certificatePdf(id, owners()), id + ".pdf", "application/pdf");
  }

  /** Whether an administrator asks. */
  private boolean owners() throws RefusedException {
    if (!entrance.ready()) {
      return false;
    }
    if (!session().administrator()) {
      throw new RefusedException(Reason.FORBIDDEN);
    }
    return true;
  }

  private static WebSession session() throws RefusedException {
    return Gatekeeper.session().orElseThrow(() -> new RefusedException(Reason.SIGN_IN_FIRST));
  }

  private static Response file(Optional<byte[]> bytes, String name, String type)
      throws RefusedException {
    byte[] found = bytes.orElseThrow(() -> new RefusedException(Reason.NOT_FOUND));
    return Response.ok(found, type)
        .header("Content-Disposition", "attachment; filename=\"erase-" + name + "\"")
        .header("Cache-Control", "no-store")
        .build();
  }

  private static Instant time(@Nullable String text, String field) throws RefusedException {
    try {
      return Instant.parse(Given.field(text, field));
    } catch (DateTimeException e) {
      RefusedException refusal = Problems.invalidField(field);
      refusal.initCause(e);
      throw refusal;
    }
  }
}
