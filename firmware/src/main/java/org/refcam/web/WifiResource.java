// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.refcam.web.WifiControl.WifiChoice;
import org.refcam.web.WifiControl.WifiFacts;
import org.refcam.web.WifiControl.WifiInSight;

/** The camera's wireless network, for administrators. */
@Path("wifi")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class WifiResource {
  private final WifiControl wifi;

  WifiResource(WifiControl wifi) {
    this.wifi = wifi;
  }

  @GET
  public WifiFacts wifi() {
    return wifi.facts();
  }

  @GET
  @Path("networks")
  public List<WifiInSight> inSight() throws RefusedException {
    return wifi.inSight();
  }

  @PUT
  public WifiFacts choose(@Nullable WifiChoice wish) throws RefusedException, IOException {
    WifiChoice given = Given.body(wish);
    char[] key = Given.field(given.key(), "key");
    try {
      wifi.choose(given, Gatekeeper.actor());
    } finally {
      Arrays.fill(key, '\0');
    }
    return wifi.facts();
  }

  @DELETE
  public WifiFacts forget() throws IOException {
    wifi.forget(Gatekeeper.actor());
    return wifi.facts();
  }
}
