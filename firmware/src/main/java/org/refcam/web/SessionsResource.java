// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.refcam.access.Sessions;
import org.refcam.audit.EventType;
import org.refcam.web.Entrance.WebSession;
import org.refcam.web.RefusedException.Reason;

/** Who is signed in: one's own sessions, and everybody's for an administrator. */
@Path("sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsResource {
  private final Household household;
  private final LiveViews liveViews;
  private final AuditTrail trail;

  SessionsResource(Household household, LiveViews liveViews) {
    this.household = household;
    this.liveViews = liveViews;
    this.trail = new AuditTrail(household.audit());
  }

  /** One session. */
  public record SessionFacts(
      String id,
      String username,
      String address,
      String createdAt,
      String lastUsedAt,
      boolean current) {}

  /**
   * When sessions end.
   *
   * @param idleMinutes 5 to 1,440
   * @param absoluteHours 1 to 720
   */
  public record SessionLimits(int idleMinutes, int absoluteHours) {}

  @GET
  public List<SessionFacts> sessions() throws RefusedException {
    WebSession mine = mine();
    String current = household.sessions().idOf(mine.token()).orElse("");
    return household.sessions().list().stream()
        .filter(one -> mine.administrator() || one.username().equals(mine.username()))
        .map(
            one ->
                new SessionFacts(
                    one.id(),
                    one.username(),
                    one.address(),
                    one.created().toString(),
                    one.lastUsed().toString(),
                    one.id().equals(current)))
        .toList();
  }

  /** Signs the account out everywhere, here too. */
  @DELETE
  public Response endAll() throws RefusedException {
    WebSession mine = mine();
    int ended = household.sessions().revokeAll(mine.username());
    liveViews.closeRevoked();
    trail.record(EventType.SESSIONS_ENDED, Map.of("sessions", Integer.toString(ended)));
    return Response.noContent().header("Set-Cookie", RestApi.cookie("") + "; Max-Age=0").build();
  }

  @DELETE
  @Path("{id}")
  public void end(@PathParam("id") String id) throws RefusedException {
    WebSession mine = mine();
    boolean ended =
        household
            .sessions()
            .revokeById(id, whose -> mine.administrator() || whose.equals(mine.username()));
    if (!ended) {
      throw new RefusedException(Reason.NOT_FOUND);
    }
    liveViews.closeRevoked();
    trail.record(EventType.SESSIONS_ENDED, Map.of("sessions", "1"));
  }

  @GET
  @Path("limits")
  public SessionLimits limits() {
    Sessions.Limits limits = household.sessionLimits().current();
    return new SessionLimits((int) limits.idle().toMinutes(), (int) limits.absolute().toHours());
  }

  @PUT
  @Path("limits")
  public SessionLimits changeLimits(@Nullable SessionLimits wish)
      throws RefusedException, IOException {
    SessionLimits given = Given.body(wish);
    Sessions.Limits limits;
    try {
      limits =
          new Sessions.Limits(
              Duration.ofMinutes(given.idleMinutes()), Duration.ofHours(given.absoluteHours()));
    } catch (IllegalArgumentException e) {
      RefusedException refusal = Problems.invalidField("idleMinutes");
      refusal.initCause(e);
      throw refusal;
    }
    household.sessionLimits().save(limits);
    trail.record(EventType.SETTINGS_CHANGED, Map.of("fields", "sessionLimits"));
    return limits();
  }

  private static WebSession mine() throws RefusedException {
    return Gatekeeper.session().orElseThrow(() -> new RefusedException(Reason.SIGN_IN_FIRST));
  }
}
