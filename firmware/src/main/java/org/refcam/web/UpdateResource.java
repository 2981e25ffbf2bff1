// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.refcam.web.RefusedException.Reason;

/** Updates: what runs, what is offered, and a bundle brought by upload. */
@Path("update")
@Produces(MediaType.APPLICATION_JSON)
public final class UpdateResource {
  /** The path whose body {@link WholeBody} leaves to stream; see {@link UpdateControl#upload}. */
  static final String UPLOAD_PATH = "/api/v1/update/bundle";

  private static final int HOURS_MAX = 24 * 7;

  private final UpdateControl updates;

  UpdateResource(UpdateControl updates) {
    this.updates = updates;
  }

  /**
   * POST update.
   *
   * @param action {@code check}, {@code install} or {@code postpone}
   * @param hours of a postponement
   */
  public record UpdateWish(String action, @Nullable Integer hours) {}

  @GET
  public Map<String, Object> status() {
    return updates.status(
        Gatekeeper.session().map(Entrance.WebSession::administrator).orElse(false));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response act(@Nullable UpdateWish wish) throws RefusedException, IOException {
    UpdateWish given = Given.body(wish);
    switch (Given.field(given.action(), "action")) {
      case "check" -> updates.check(false);
      case "install" -> updates.check(true);
      case "postpone" -> updates.postpone(hours(given.hours()));
      default -> throw Problems.invalidField("action");
    }
    return Response.accepted(status()).build();
  }

  private static Duration hours(@Nullable Integer hours) throws RefusedException {
    int given = Given.field(hours, "hours");
    if (given < 0 || given > HOURS_MAX) {
      throw Problems.invalidField("hours");
    }
    return Duration.ofHours(given);
  }

  @POST
  @Path("bundle")
  @Consumes("application/octet-stream")
  public Response upload(@Nullable InputStream bundle) throws RefusedException, IOException {
    if (bundle == null) {
      throw new RefusedException(Reason.MALFORMED_REQUEST);
    }
    updates.upload(bundle);
    return Response.accepted(status()).build();
  }
}
