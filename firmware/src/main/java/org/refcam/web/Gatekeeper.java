// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.refcam.access.Role;
import org.refcam.egress.EgressEvent.Actor;
import org.refcam.web.Entrance.WebSession;
import org.refcam.web.RefusedException.Reason;

/**
 * Decides, before any resource is looked for, whether a REST request may go on, by {@link
 * RestTable}.
 *
 * <p>INV-WEB-1. Without a session nothing but set-up, sign-in, status and the interface's
 * description is served, and a request that changes something takes effect only if it comes from
 * the camera's own page or from a program, and holds the session's CSRF token. Holds against
 * strangers and against other sites in the owner's browser. Does not hold against code that runs in
 * the camera's own origin.
 */
@PreMatching
final class Gatekeeper implements ContainerRequestFilter {
  static final String COOKIE = "refcam";
  static final String SESSION = "org.refcam.web.session";

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Entrance entrance;
  private final Consumer<String> refused;

  /**
   * @param refused is told which call a session's role did not allow
   */
  Gatekeeper(Entrance entrance, Consumer<String> refused) {
    this.entrance = entrance;
    this.refused = refused;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    try {
      admit(request);
    } catch (RefusedException e) {
      Response answer = Problems.response(e);
      if (e.reason() == Reason.SIGN_IN_FIRST && isSnapshot(path(request))) {
        Response.ResponseBuilder challenged = Response.fromResponse(answer);
        entrance.challenges().forEach(c -> challenged.header(HttpHeaders.WWW_AUTHENTICATE, c));
        answer = challenged.build();
      }
      request.abortWith(answer);
    }
  }

  private void admit(ContainerRequestContext request) throws RefusedException {
    String path = path(request);
    Optional<RestTable.Call> call = RestTable.find(request.getMethod(), path);
    boolean changing = !READING.contains(request.getMethod());
    boolean open = call.isPresent() && call.get().operation().isEmpty();
    if (!entrance.ready() && !call.map(RestTable.Call::beforeSetUp).orElse(false)) {
      throw new RefusedException(Reason.SET_UP_FIRST);
    }
    if (changing) {
      requireSameSite(request);
    }
    Optional<WebSession> session = session(request);
    if (session.isPresent()) {
      servletRequest().setAttribute(SESSION, session.get());
      if (changing && !open) {
        requireCsrfToken(request, session.get());
      }
    } else if (!open && !provedByDigest(request, path)) {
      throw new RefusedException(Reason.SIGN_IN_FIRST);
    }
    if (call.isEmpty()) {
      throw new RefusedException(
          RestTable.hasPath(path) ? Reason.METHOD_NOT_ALLOWED : Reason.NOT_FOUND);
    }
    if (session.isPresent()) {
      requireRole(call.get(), session.get());
    }
  }

  private void requireRole(RestTable.Call call, WebSession session) throws RefusedException {
    if (session.mustChangePassword() && !call.withFirstPassword()) {
      throw new RefusedException(Reason.CHANGE_PASSWORD_FIRST);
    }
    Optional<Role> role = Role.find(session.role());
    boolean allowed =
        call.operation().isEmpty()
            || role.isPresent() && call.operation().get().allowedTo(role.get());
    if (!allowed) {
      refused.accept(call.toString());
      throw new RefusedException(Reason.FORBIDDEN);
    }
  }

  /** The session that the gate found for the request on this thread. */
  static Optional<WebSession> session() {
    return Optional.ofNullable((WebSession) servletRequest().getAttribute(SESSION));
  }

  /** Who makes the request on this thread, and from where; without a name outside a session. */
  static Actor actor() {
    String name = session().map(WebSession::username).orElse("");
    return new Actor(name, peer().getHostAddress());
  }

  static InetAddress peer() {
    try {
      // a literal, because Jetty gives the socket's address: no name is looked up
      return InetAddress.getByName(servletRequest().getRemoteAddr());
    } catch (IOException e) {
      throw new AssertionError("an address literal is always an address", e);
    }
  }

  static HttpServletRequest servletRequest() {
    Message message = Objects.requireNonNull(JAXRSUtils.getCurrentMessage());
    return Objects.requireNonNull(
        (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST));
  }

  private Optional<WebSession> session(ContainerRequestContext request) {
    Cookie cookie = request.getCookies().get(COOKIE);
    return cookie == null ? Optional.empty() : entrance.find(cookie.getValue());
  }

  private boolean provedByDigest(ContainerRequestContext request, String path)
      throws RefusedException {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (authorization == null || !isSnapshot(path) || !request.getMethod().equals("GET")) {
      return false;
    }
    return entrance
        .verifyDigest(authorization, "GET", servletRequest().getRequestURI(), peer())
        .isPresent();
  }

  private static boolean isSnapshot(String path) {
    return path.equals("snapshot/main") || path.equals("snapshot/sub");
  }

  private static void requireSameSite(ContainerRequestContext request) throws RefusedException {
    String site = request.getHeaderString("Sec-Fetch-Site");
    String origin = request.getHeaderString("Origin");
    String host = request.getHeaderString(HttpHeaders.HOST);
    if (!Origins.isOwn(origin, site, host)) {
      throw new RefusedException(Reason.CROSS_SITE);
    }
  }

  private static void requireCsrfToken(ContainerRequestContext request, WebSession session)
      throws RefusedException {
    String token = request.getHeaderString("X-CSRF-Token");
    if (token == null || !MessageDigest.isEqual(bytes(token), bytes(session.csrfToken()))) {
      throw new RefusedException(Reason.CSRF_TOKEN);
    }
  }

  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private static String path(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
