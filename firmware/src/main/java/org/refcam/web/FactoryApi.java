// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.refcam.web.FactoryDoor.FactoryRequest;
import org.refcam.web.RefusedException.Reason;

/** The factory's calls, answered before set-up alone. Safe from any thread. */
@Path("factory")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class FactoryApi {
  private final FactoryDoor door;

  FactoryApi(FactoryDoor door) {
    this.door = door;
  }

  /** POST factory/certificate. */
  public record CertificateOffer(char[] labelPassword, String certificates) {}

  @GET
  @Path("request")
  public FactoryRequest request() throws RefusedException, IOException {
    return door.request();
  }

  @POST
  @Path("certificate")
  @SuppressWarnings("NullAway") // Jackson leaves out what the request leaves out
  public void install(@Nullable CertificateOffer offer) throws RefusedException, IOException {
    if (offer == null) {
      throw new RefusedException(Reason.MALFORMED_REQUEST);
    }
    if (offer.labelPassword() == null) {
      throw missing("labelPassword");
    }
    try {
      if (offer.certificates() == null) {
        throw missing("certificates");
      }
      door.install(offer.labelPassword(), offer.certificates(), Gatekeeper.peer());
    } finally {
      Arrays.fill(offer.labelPassword(), '\0');
    }
  }

  private static RefusedException missing(String field) {
    return new RefusedException(Reason.INVALID_FIELD, field, Duration.ZERO);
  }
}
