// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Crashes, and the way out of safe mode. */
@Path("health")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  private static final String START_WHOLE = "start-whole";

  private final HealthControl health;

  HealthResource(HealthControl health) {
    this.health = health;
  }

  /**
   * POST health.
   *
   * @param action {@value #START_WHOLE}
   */
  public record HealthWish(@Nullable String action) {}

  @GET
  public Map<String, Object> health() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("safeMode", health.safeMode());
    facts.put("crashes", health.crashes());
    return facts;
  }

  @POST
  public Response act(@Nullable HealthWish wish) throws RefusedException {
    String action = Given.field(Given.body(wish).action(), "action");
    if (!action.equals(START_WHOLE)) {
      throw Problems.invalidField("action");
    }
    if (!health.safeMode()) {
      throw new RefusedException(RefusedException.Reason.NOT_FOUND);
    }
    health.startWhole();
    return Response.accepted(health()).build();
  }
}
