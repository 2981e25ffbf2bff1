// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.refcam.web.FleetControl.Facts;
import org.refcam.web.FleetControl.Wish;

/** The fleet's management, for administrators. */
@Path("fleet")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class FleetResource {
  private final FleetControl fleet;

  FleetResource(FleetControl fleet) {
    this.fleet = fleet;
  }

  /** The owner's word on an action that waits for it. */
  public record FleetDecision(@Nullable String action, boolean agreed) {}

  @GET
  public Facts fleet() {
    return fleet.facts();
  }

  @PUT
  public Facts change(@Nullable Wish wish) throws RefusedException, IOException {
    fleet.save(Given.body(wish), Gatekeeper.actor());
    return fleet.facts();
  }

  @POST
  @Path("decision")
  public Facts decide(@Nullable FleetDecision wish) throws RefusedException {
    FleetDecision given = Given.body(wish);
    fleet.decide(Given.field(given.action(), "action"), given.agreed());
    return fleet.facts();
  }
}
