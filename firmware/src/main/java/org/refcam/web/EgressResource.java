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
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.Destination;
import org.refcam.egress.InvalidDestinationException;
import org.refcam.egress.Purpose;
import org.refcam.egress.Trust;
import org.refcam.web.WayOut.CopySettings;
import org.refcam.web.WayOut.CopyTest;
import org.refcam.web.WayOut.NewRecoveryKey;
import org.refcam.web.WayOut.Policy;
import org.refcam.web.WayOut.RemoteCopyFacts;

/** Destinations, "store in Viet Nam only" and the remote copy, for administrators. */
@Path("egress")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class EgressResource {
  private final WayOut wayOut;

  EgressResource(WayOut wayOut) {
    this.wayOut = wayOut;
  }

  /** The switch. */
  public record VietNamOnly(boolean on) {}

  /** A destination to allow. */
  public record NewDestination(
      @Nullable String host,
      int port,
      @Nullable String purpose,
      @Nullable String country,
      boolean local,
      @Nullable String certificateSha256,
      @Nullable String caCertificate) {}

  @GET
  public Policy policy() {
    return wayOut.policy();
  }

  @PUT
  @Path("viet-nam-only")
  public Policy vietNamOnly(@Nullable VietNamOnly wish) throws RefusedException, IOException {
    wayOut.vietNamOnly(Given.body(wish).on(), Gatekeeper.actor());
    return wayOut.policy();
  }

  @POST
  @Path("destinations")
  public Policy allow(@Nullable NewDestination wish) throws RefusedException, IOException {
    NewDestination given = Given.body(wish);
    try {
      Destination added =
          new Destination(
              given.host(),
              given.port(),
              purpose(given.purpose()).orElse(null),
              given.country(),
              given.local(),
              new Trust(given.certificateSha256(), given.caCertificate()));
      if (added.country().equals(Destination.UNDECLARED)) {
        throw new InvalidDestinationException("country");
      }
      wayOut.allow(added, Gatekeeper.actor());
    } catch (InvalidDestinationException e) {
      throw Problems.invalidField(e.field());
    }
    return wayOut.policy();
  }

  @DELETE
  @Path("destinations/{id}")
  public Policy forbid(@PathParam("id") String id) throws RefusedException, IOException {
    wayOut.forbid(id, Gatekeeper.actor());
    return wayOut.policy();
  }

  @GET
  @Path("remote-copy")
  public RemoteCopyFacts remoteCopy() {
    return wayOut.remoteCopy();
  }

  @PUT
  @Path("remote-copy")
  public RemoteCopyFacts changeRemoteCopy(@Nullable CopySettings wish)
      throws RefusedException, IOException {
    wayOut.save(Given.body(wish), Gatekeeper.actor());
    return wayOut.remoteCopy();
  }

  /** Tries the settings that are saved. */
  @POST
  @Path("remote-copy/test")
  public CopyTest tryOut() {
    return wayOut.tryOut();
  }

  @POST
  @Path("remote-copy/recovery-key")
  public NewRecoveryKey newRecoveryKey() {
    return wayOut.newRecoveryKey();
  }

  private static Optional<Purpose> purpose(@Nullable String word) {
    return Stream.of(Purpose.values())
        .filter(purpose -> purpose.word().equals(word == null ? "" : word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
