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
import java.io.InputStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.EventType;
import org.refcam.egress.Destination;
import org.refcam.egress.EgressEvent.Actor;
import org.refcam.web.CameraStatus.Facts;
import org.refcam.web.Entrance.Client;
import org.refcam.web.Entrance.NewClient;
import org.refcam.web.Entrance.WebSession;
import org.refcam.web.RefusedException.Reason;

/**
 * The REST interface; {@code openapi.json} describes it. {@link Gatekeeper} has admitted whatever
 * arrives here. Safe from any thread.
 */
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class RestApi {
  private final WebDoors doors;
  private final LiveViews liveViews;
  private final Clock clock;
  private final AuditTrail trail;

  RestApi(WebDoors doors, LiveViews liveViews, Clock clock) {
    this.doors = doors;
    this.trail = new AuditTrail(doors.household().audit());
    this.liveViews = liveViews;
    this.clock = clock;
  }

  /** POST setup. */
  public record SetUp(
      char[] labelPassword,
      char[] newPassword,
      @Nullable String timeZone,
      @Nullable String country,
      @Nullable String language) {}

  /** POST session. */
  public record SignIn(String username, char[] password) {}

  /** POST password. */
  public record PasswordChange(char[] oldPassword, char[] newPassword) {}

  /** POST clients. */
  public record ClientWish(String name, String role) {}

  @GET
  @Path("status")
  public Map<String, Object> status() {
    Facts facts = doors.status().facts();
    CameraSettings settings = doors.settings().current();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("state", doors.entrance().ready() ? "ready" : "factory");
    status.put("serial", facts.serial());
    status.put("version", facts.version());
    status.put("time", clock.instant().toString());
    status.put("language", settings.language());
    if (Gatekeeper.session().isPresent()) {
      status.put("source", facts.source());
      status.put("safeMode", doors.health().safeMode());
      status.put("streams", facts.streams());
      status.put("assurance", facts.assurance());
      status.put("timeZone", settings.timeZone());
      status.put("country", settings.country());
      if (!doors.health().safeMode()) {
        status.put("rtsps", address("rtsps", facts.rtspsPort(), "/main"));
        status.put("onvif", onvif());
      }
      status.put("uptimeSeconds", facts.uptimeSeconds());
      status.put("recording", doors.recordings().state());
    }
    return status;
  }

  @POST
  @Path("setup")
  public Response setUp(@Nullable SetUp wish) throws RefusedException, IOException {
    SetUp given = Given.body(wish);
    char[] label = Given.field(given.labelPassword(), "labelPassword");
    char[] password = Given.field(given.newPassword(), "newPassword");
    try {
      if (doors.entrance().ready()) {
        throw new RefusedException(Reason.ALREADY_SET_UP);
      }
      CameraSettings settings =
          doors.settings().current().at(given.timeZone(), given.country(), given.language());
      WebSession session = doors.entrance().setUp(label, password, Gatekeeper.peer());
      doors.settings().save(settings);
      Actor owner = new Actor(session.username(), Gatekeeper.peer().getHostAddress());
      doors.wayOut().vietNamOnly(settings.country().equals(Destination.VIET_NAM), owner);
      trail.record(EventType.SET_UP, session.username(), Map.of());
      return signedIn(session);
    } finally {
      Arrays.fill(label, '\0');
      Arrays.fill(password, '\0');
    }
  }

  @POST
  @Path("session")
  public Response signIn(@Nullable SignIn wish) throws RefusedException {
    SignIn given = Given.body(wish);
    String username = Given.field(given.username(), "username");
    char[] password = Given.field(given.password(), "password");
    try {
      WebSession session = doors.entrance().signIn(username, password, Gatekeeper.peer());
      trail.record(EventType.SIGN_IN, session.username(), Map.of("with", "password"));
      return signedIn(session);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @GET
  @Path("session")
  public Map<String, Object> session() throws RefusedException {
    return describe(requireSession());
  }

  @DELETE
  @Path("session")
  public Response signOut() throws RefusedException {
    doors.entrance().signOut(requireSession());
    trail.record(EventType.SIGN_OUT, Map.of());
    liveViews.closeRevoked();
    return Response.noContent().header("Set-Cookie", cookie("") + "; Max-Age=0").build();
  }

  @POST
  @Path("password")
  public Response changePassword(@Nullable PasswordChange wish)
      throws RefusedException, IOException {
    PasswordChange given = Given.body(wish);
    char[] old = Given.field(given.oldPassword(), "oldPassword");
    char[] fresh = Given.field(given.newPassword(), "newPassword");
    try {
      doors.entrance().changePassword(requireSession(), old, fresh, Gatekeeper.peer());
      trail.record(EventType.PASSWORD_CHANGED, Map.of());
      liveViews.closeRevoked();
      return Response.noContent().build();
    } finally {
      Arrays.fill(old, '\0');
      Arrays.fill(fresh, '\0');
    }
  }

  @GET
  @Path("clients")
  public List<Client> clients() {
    return doors.entrance().clients();
  }

  @POST
  @Path("clients")
  public Response createClient(@Nullable ClientWish wish) throws RefusedException, IOException {
    ClientWish given = Given.body(wish);
    NewClient made =
        doors
            .entrance()
            .createClient(Given.field(given.name(), "name"), Given.field(given.role(), "role"));
    trail.record(
        EventType.CLIENT_CREATED,
        Map.of("client", made.username(), "name", made.name(), "role", made.role()));
    return Response.status(Response.Status.CREATED)
        .header("Cache-Control", "no-store")
        .entity(made)
        .build();
  }

  @DELETE
  @Path("clients/{username}")
  public void revokeClient(@PathParam("username") String username)
      throws RefusedException, IOException {
    doors.entrance().revokeClient(username);
    trail.record(EventType.CLIENT_REVOKED, Map.of("client", username));
  }

  @GET
  @Path("snapshot/{stream}")
  @Produces("image/jpeg")
  public Response snapshot(@PathParam("stream") String stream) throws RefusedException {
    if (!stream.equals("main") && !stream.equals("sub")) {
      throw new RefusedException(Reason.NOT_FOUND);
    }
    try {
      return Response.ok(doors.snapshots().jpeg(stream), "image/jpeg")
          .header("Cache-Control", "no-store")
          .build();
    } catch (IOException e) {
      RefusedException refused = new RefusedException(Reason.NO_PICTURE);
      refused.initCause(e);
      throw refused;
    }
  }

  @GET
  @Path("settings")
  public CameraSettings settings() {
    return doors.settings().current();
  }

  @PUT
  @Path("settings")
  public CameraSettings changeSettings(@Nullable CameraSettings wish)
      throws RefusedException, IOException {
    CameraSettings before = doors.settings().current();
    doors.settings().save(Given.body(wish));
    CameraSettings after = doors.settings().current();
    trail.record(
        EventType.SETTINGS_CHANGED, Map.of("fields", String.join(" ", after.differences(before))));
    return after;
  }

  @GET
  @Path("connect")
  public Map<String, Object> connect() {
    int port = doors.status().facts().rtspsPort();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "rtsps",
        Map.of(
            "main", address("rtsps", port, "/main"),
            "sub", address("rtsps", port, "/sub")));
    answer.put("onvif", onvif());
    answer.put(
        "websocket", "wss" + onvif().substring("https".length()).replaceAll("/onvif/.*", "/rtsp"));
    return answer;
  }

  @GET
  @Path("openapi.json")
  public Response openApi() throws IOException {
    try (InputStream document = RestApi.class.getResourceAsStream("openapi.json")) {
      if (document == null) {
        throw new AssertionError("openapi.json is in the jar");
      }
      return Response.ok(document.readAllBytes(), MediaType.APPLICATION_JSON).build();
    }
  }

  private static String onvif() {
    return address("https", Gatekeeper.servletRequest().getServerPort(), "/onvif/device_service");
  }

  /** An address at the name by which the requester reached the camera. */
  private static String address(String scheme, int port, String path) {
    String host = Gatekeeper.servletRequest().getServerName();
    String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return scheme + "://" + literal + ":" + port + path;
  }

  static Response signedIn(WebSession session) {
    return Response.status(Response.Status.CREATED)
        .header("Set-Cookie", cookie(session.token()))
        .header("Cache-Control", "no-store")
        .entity(describe(session))
        .build();
  }

  static String cookie(String token) {
    return Gatekeeper.COOKIE + "=" + token + "; Path=/; Secure; HttpOnly; SameSite=Strict";
  }

  private static Map<String, Object> describe(WebSession session) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("username", session.username());
    body.put("role", session.role());
    body.put("csrfToken", session.csrfToken());
    body.put("mustChangePassword", session.mustChangePassword());
    return body;
  }

  private static WebSession requireSession() throws RefusedException {
    Optional<WebSession> session = Gatekeeper.session();
    return session.orElseThrow(() -> new RefusedException(Reason.SIGN_IN_FIRST));
  }
}
