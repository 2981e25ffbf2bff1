// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.EventType;
import org.refcam.stream.VideoStream;
import org.refcam.web.Entrance.WebSession;

/**
 * The HTTPS door: page, REST, live view and RTSP over WebSocket on one Jetty.
 *
 * <pre>
 *   Doorkeeper -> WholeBody -> /live/NAME, /rtsp   WebSocket
 *                           -> /api/v1/*           CXF
 *                           -> /onvif/*            what is mounted
 *                           -> everything else     the page's files
 * </pre>
 */
public final class WebServer implements AutoCloseable {
  private static final int THREADS_MAX = 24;
  private static final int THREADS_MIN = 4;
  private static final int MESSAGE_MAX = 64 * 1024;

  /** Paths whose bodies may be larger; what serves them bounds size and time. */
  private static final Set<String> STREAMED = Set.of(UpdateResource.UPLOAD_PATH, "/onvif/firmware");

  private static final String TUNNEL_PROTOCOL = "rtsp.onvif.org";

  private final WebSettings settings;
  private final WebDoors doors;
  private final LiveViews liveViews;
  private final Server server;
  private final Handler.Sequence rooms;
  private final CameraConnector connector;

  /**
   * @param tls shows the camera's certificate
   * @param protocols TLS versions offered
   * @param cipherSuites TLS cipher suites offered
   */
  public WebServer(
      WebSettings settings,
      SSLContext tls,
      String[] protocols,
      String[] cipherSuites,
      WebDoors doors,
      Clock clock) {
    this.settings = settings;
    this.doors = doors;
    this.liveViews = new LiveViews(doors.entrance());
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN, 30_000);
    threads.setName("web");
    server = new Server(threads);
    connector = connector(tls, protocols, cipherSuites);
    server.addConnector(connector);
    Household household = doors.household();
    AuditTrail trail = new AuditTrail(household.audit());
    List<Object> resources =
        List.of(
            new RestApi(doors, liveViews, clock),
            new AccountsResource(household, liveViews),
            new SessionsResource(household, liveViews),
            new PasskeysResource(household),
            new AuditResource(household, doors.status()),
            new UpdateResource(doors.updates()),
            new RecordingsApi(doors.recordings(), trail),
            new FactoryApi(doors.factory()),
            new EraseResource(
                doors.entrance(),
                doors.erasures(),
                new EraseConfirmations(new SecureRandom(), System::nanoTime)),
            new EgressResource(doors.wayOut()),
            new FleetResource(doors.fleet()),
            new EvidenceResource(doors.evidence()),
            new HealthResource(doors.health()),
            new WifiResource(doors.wifi()));
    Gatekeeper gatekeeper =
        new Gatekeeper(
            doors.entrance(), call -> trail.record(EventType.REFUSED, Map.of("call", call)));
    rooms = new Handler.Sequence(webSockets(), rest(resources, gatekeeper), page());
    WholeBody whole = new WholeBody(rooms, settings.bodyWithin(), STREAMED);
    server.setHandler(new Doorkeeper(whole, settings.hostNames()));
    server.setErrorHandler(new PlainErrors());
  }

  /**
   * Serves a further servlet under a path, made when it is first asked for; before {@link #start}.
   *
   * @param path such as {@code /onvif}
   */
  public void mount(String path, HttpServlet servlet) {
    ServletContextHandler context = new ServletContextHandler(path);
    context.addServlet(new ServletHolder(servlet), "/*");
    List<Handler> handlers = new ArrayList<>(rooms.getHandlers());
    handlers.add(0, context);
    rooms.setHandlers(handlers);
  }

  /** Says at {@code /.well-known/security.txt} where faults are reported; before {@link #start}. */
  public void securityContact(SecurityContact contact, Clock clock) {
    List<Handler> handlers = new ArrayList<>(rooms.getHandlers());
    handlers.add(0, new SecurityTxt(contact, clock));
    rooms.setHandlers(handlers);
  }

  /**
   * Opens the door.
   *
   * @throws IOException naming the port that could not be bound
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException("cannot serve HTTPS on " + settings.bind() + ":" + settings.port(), e);
    } catch (Exception e) { // Jetty's life cycle declares no less
      throw new IllegalStateException("the web server did not start", e);
    }
  }

  /** The bound port. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // Jetty's life cycle declares no less
      throw new IllegalStateException("the web server did not stop", e);
    }
  }

  private CameraConnector connector(SSLContext tls, String[] protocols, String[] cipherSuites) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(8 * 1024);
    http.addCustomizer(new SecureRequestCustomizer(false)); // known by its address, not by SNI
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(tls);
    factory.setIncludeProtocols(protocols);
    factory.setExcludeProtocols();
    factory.setIncludeCipherSuites(cipherSuites);
    factory.setExcludeCipherSuites();
    factory.setRenegotiationAllowed(false);
    CameraConnector made =
        new CameraConnector(
            server,
            settings.connections(),
            new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http));
    made.setHost(settings.bind().getHostAddress());
    made.setPort(settings.port());
    made.setIdleTimeout(settings.idle().toMillis());
    return made;
  }

  private static Handler rest(List<Object> resources, Gatekeeper gatekeeper) {
    ServletContextHandler context = new ServletContextHandler("/api/v1");
    ServletHolder holder = new ServletHolder(new RestServlet(resources, gatekeeper));
    holder.setInitParameter("hide-service-list-page", "true");
    context.addServlet(holder, "/*");
    return context;
  }

  private Handler page() {
    ResourceHandler files = new ResourceHandler();
    files.setDirAllowed(false);
    files.setEtags(true);
    files.setAcceptRanges(false);
    files.setCacheControl("no-cache");
    ContextHandler context = new ContextHandler(files, "/");
    context.setBaseResource(ResourceFactory.of(server).newClassLoaderResource("web/"));
    context.getMimeTypes().addMimeMapping("mjs", "text/javascript");
    return context;
  }

  private Handler webSockets() {
    ContextHandler context = new ContextHandler("/");
    WebSocketUpgradeHandler handler = WebSocketUpgradeHandler.from(server, context, this::map);
    context.setHandler(handler);
    return context;
  }

  private void map(ServerWebSocketContainer container) {
    container.setMaxBinaryMessageSize(MESSAGE_MAX);
    container.setMaxTextMessageSize(1024);
    container.setIdleTimeout(settings.idle().multipliedBy(3));
    container.addMapping("/live/*", this::liveView);
    container.addMapping("/rtsp", this::tunnel);
  }

  /** A browser's live view: the cookie's session, from the camera's own page. */
  private @Nullable Object liveView(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    Optional<VideoStream> stream =
        doors.streams().find(Request.getPathInContext(request).substring("/live/".length()));
    Optional<WebSession> session = session(request);
    if (!doors.entrance().ready() || !ownOrigin(request)) {
      return refuse(request, response, callback, HttpStatus.FORBIDDEN_403);
    }
    if (session.isEmpty() || session.get().mustChangePassword()) {
      return refuse(request, response, callback, HttpStatus.UNAUTHORIZED_401);
    }
    if (stream.isEmpty()) {
      return refuse(request, response, callback, HttpStatus.NOT_FOUND_404);
    }
    return new LiveView(stream.get(), session.get(), liveViews);
  }

  /** RTSP authenticates by itself; the door only has to be open, and no other site may use it. */
  private @Nullable Object tunnel(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    if (!doors.entrance().ready() || !ownOrigin(request)) {
      return refuse(request, response, callback, HttpStatus.FORBIDDEN_403);
    }
    if (!request.getSubProtocols().contains(TUNNEL_PROTOCOL)) {
      return refuse(request, response, callback, HttpStatus.BAD_REQUEST_400);
    }
    response.setAcceptedSubProtocol(TUNNEL_PROTOCOL);
    return new TunnelSocket(doors.tunnels(), peer(request));
  }

  private static @Nullable Object refuse(
      Request request, Response response, Callback callback, int status) {
    Response.writeError(request, response, callback, status);
    return null;
  }

  private Optional<WebSession> session(Request request) {
    return Request.getCookies(request).stream()
        .filter(cookie -> cookie.getName().equals(Gatekeeper.COOKIE))
        .findFirst()
        .flatMap(cookie -> doors.entrance().find(cookie.getValue()));
  }

  private static boolean ownOrigin(Request request) {
    return Origins.isOwn(
        request.getHeaders().get("Origin"),
        request.getHeaders().get("Sec-Fetch-Site"),
        request.getHeaders().get("Host"));
  }

  private static InetAddress peer(Request request) {
    return ((InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress())
        .getAddress();
  }
}
