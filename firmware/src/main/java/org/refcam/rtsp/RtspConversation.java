// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.refcam.rtsp.RtspMessage.Request;
import org.refcam.stream.StreamParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RTSP connection: reads requests, authenticates each, and keeps its one session (RFC 2326,
 * A.2). Confined to its outlet's event loop.
 *
 * <pre>
 *   INIT --SETUP--> READY --PLAY--> PLAYING --PAUSE--> READY;  TEARDOWN, time-out, close -> INIT
 * </pre>
 *
 * <p>INV-RTSP-1. Before a request is authenticated the camera says nothing but that it speaks RTSP
 * and how to authenticate, and holds at most one message of it in memory. Holds against anyone on
 * the network. Does not hide that a camera is there.
 */
final class RtspConversation {
  private static final Logger log = LoggerFactory.getLogger(RtspConversation.class);
  private static final String METHODS =
      "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
  private static final int FIRST_CAPACITY = 2 * 1024;
  private static final int FAILURES_MAX = 8;
  private static final Pattern URI =
      Pattern.compile(
          "rtsps?://[^/]{1,255}/([a-z]{1,16})/?(" + SessionDescription.CONTROL + ")?/?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CSEQ = Pattern.compile("[0-9]{1,10}");
  private static final Pattern INTERLEAVED =
      Pattern.compile("interleaved=([0-9]{1,3})(?:-([0-9]{1,3}))?");

  private final Outlet outlet;
  private final RtspGate gate;
  private final Map<String, StreamFeed> feeds;
  private final SecureRandom random;
  private final Duration sessionTimeout;
  private final Runnable onAuthenticated;
  private final ScheduledFuture<?> watchdog;
  private final long openedNanos = System.nanoTime();
  private ByteBuffer received = ByteBuffer.allocate(FIRST_CAPACITY);
  private boolean authenticated;
  private int failures;
  private long lastLifeNanos = System.nanoTime();
  private String session = "";
  private @Nullable Viewer viewer;
  private boolean playing;
  private boolean closed;

  RtspConversation(
      Outlet outlet,
      RtspGate gate,
      Map<String, StreamFeed> feeds,
      RtspSettings settings,
      SecureRandom random,
      Runnable onAuthenticated) {
    this.outlet = outlet;
    this.gate = gate;
    this.feeds = feeds;
    this.random = random;
    this.sessionTimeout = settings.sessionTimeout();
    this.onAuthenticated = onAuthenticated;
    long authenticateWithin = settings.authenticateWithin().toNanos();
    watchdog =
        outlet
            .eventLoop()
            .scheduleWithFixedDelay(() -> watch(authenticateWithin), 1, 1, TimeUnit.SECONDS);
  }

  /** Takes bytes as they come; answers every whole message in them. */
  void receive(ByteBuffer bytes) {
    if (closed) {
      return;
    }
    while (bytes.hasRemaining() && !closed) {
      grow(bytes.remaining());
      int count = Math.min(bytes.remaining(), received.remaining());
      received.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      consume();
    }
  }

  /** Ends the session; the outlet is closed by whoever owns it. Idempotent. */
  void close() {
    closed = true;
    watchdog.cancel(false);
    endSession();
  }

  private void grow(int more) {
    int wanted = Math.min(RtspParser.messageMax(), received.position() + more);
    if (wanted > received.capacity()) {
      received = ByteBuffer.allocate(wanted).put(received.flip());
    }
  }

  private void consume() {
    received.flip();
    try {
      while (!closed) {
        Optional<RtspMessage> message = RtspParser.parse(received);
        if (message.isEmpty()) {
          break;
        }
        lastLifeNanos = System.nanoTime();
        if (message.get() instanceof Request request) {
          answer(request);
        }
      }
      received.compact();
      if (!received.hasRemaining() && received.capacity() >= RtspParser.messageMax()) {
        throw new RtspParseException(
            RtspParseException.Reason.HEADERS_TOO_LARGE, "no end in sight");
      }
    } catch (RtspParseException e) {
      log.debug("{}: {}", outlet.peer(), e.getMessage());
      send(new RtspResponse(400), "");
      outlet.close();
      close();
    }
  }

  private void answer(Request request) {
    String cseq = request.header("cseq").filter(c -> CSEQ.matcher(c).matches()).orElse("");
    RtspResponse response = cseq.isEmpty() ? new RtspResponse(400) : respond(request);
    send(response, cseq);
    if (failures >= FAILURES_MAX) {
      outlet.close();
      close();
    }
  }

  private RtspResponse respond(Request request) {
    if (!gate.open()) {
      failures++;
      return new RtspResponse(403);
    }
    if (request.header("require").isPresent()) {
      return new RtspResponse(551).header("Unsupported", request.header("require").orElseThrow());
    }
    if (request.method().equals("OPTIONS")) {
      return new RtspResponse(200).header("Public", METHODS);
    }
    Optional<RtspResponse> refusal = authenticate(request);
    if (refusal.isPresent()) {
      failures++;
      return refusal.get();
    }
    failures = 0;
    return switch (request.method()) {
      case "DESCRIBE" -> describe(request);
      case "SETUP" -> setUp(request);
      case "PLAY" -> inSession(request, this::play);
      case "PAUSE" -> inSession(request, this::pause);
      case "TEARDOWN" -> inSession(request, this::tearDown);
      case "GET_PARAMETER", "SET_PARAMETER" ->
          request.bodyLength() == 0 ? keepAlive(request) : new RtspResponse(451);
      default -> new RtspResponse(501).header("Public", METHODS);
    };
  }

  private Optional<RtspResponse> authenticate(Request request) {
    Optional<String> authorization = request.header("authorization");
    RtspGate.Outcome outcome =
        authorization
            .map(value -> gate.verify(value, request.method(), request.uri(), outlet.peer()))
            .orElse(RtspGate.Outcome.REJECTED);
    if (outcome == RtspGate.Outcome.OK) {
      if (!authenticated) {
        authenticated = true;
        onAuthenticated.run();
      }
      return Optional.empty();
    }
    if (outcome == RtspGate.Outcome.LOCKED) {
      return Optional.of(new RtspResponse(403));
    }
    RtspResponse refusal = new RtspResponse(401);
    for (String challenge : gate.challenges(outcome == RtspGate.Outcome.STALE)) {
      refusal.header("WWW-Authenticate", challenge);
    }
    return Optional.of(refusal);
  }

  private Optional<StreamFeed> feed(Request request) {
    Matcher uri = URI.matcher(request.uri());
    return uri.matches()
        ? Optional.ofNullable(feeds.get(uri.group(1).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private RtspResponse describe(Request request) {
    Optional<StreamFeed> feed = feed(request);
    if (feed.isEmpty()) {
      return new RtspResponse(404);
    }
    Optional<StreamParameters> parameters = feed.get().stream().parameters();
    if (parameters.isEmpty()) {
      feed.get().stream().requestKeyFrame();
      return new RtspResponse(503).header("Retry-After", "1");
    }
    String base = request.uri().endsWith("/") ? request.uri() : request.uri() + "/";
    return new RtspResponse(200)
        .header("Content-Base", base)
        .body(
            "application/sdp", SessionDescription.of(parameters.get(), feed.get().stream().name()));
  }

  private RtspResponse setUp(Request request) {
    Optional<StreamFeed> feed = feed(request);
    if (feed.isEmpty()) {
      return new RtspResponse(404);
    }
    if (playing) {
      return new RtspResponse(455);
    }
    if (request.header("session").isPresent() && !ours(request)) {
      return new RtspResponse(454);
    }
    if (viewer != null) {
      return new RtspResponse(459); // one media a session
    }
    String transport = request.header("transport").orElse("");
    Optional<String> tcp =
        transport
            .lines()
            .flatMap(line -> Arrays.stream(line.split(",")))
            .map(String::strip)
            .filter(t -> t.toUpperCase(Locale.ROOT).startsWith("RTP/AVP/TCP"))
            .findFirst();
    if (tcp.isEmpty()) {
      return new RtspResponse(461);
    }
    int rtp = 0;
    int rtcp = 1;
    Matcher channels = INTERLEAVED.matcher(tcp.get());
    if (channels.find()) {
      rtp = Integer.parseInt(channels.group(1));
      rtcp = channels.group(2) == null ? rtp + 1 : Integer.parseInt(channels.group(2));
    }
    if (rtp > 254 || rtcp > 255 || rtp == rtcp) {
      return new RtspResponse(461);
    }
    byte[] id = new byte[16];
    random.nextBytes(id);
    session = HexFormat.of().formatHex(id);
    viewer = new Viewer(outlet, feed.get(), rtp, rtcp);
    return new RtspResponse(200)
        .header(
            "Transport",
            String.format(
                Locale.ROOT,
                "RTP/AVP/TCP;unicast;interleaved=%d-%d;ssrc=%08X",
                rtp,
                rtcp,
                feed.get().ssrc()))
        .header("Session", session + ";timeout=" + sessionTimeout.toSeconds());
  }

  /** What a session's requests do. */
  private interface InSession {
    RtspResponse apply(Request request, Viewer viewer);
  }

  private RtspResponse inSession(Request request, InSession action) {
    Viewer mine = viewer;
    if (mine == null || !ours(request)) {
      return new RtspResponse(454);
    }
    return action.apply(request, mine).header("Session", request.header("session").orElse(""));
  }

  private RtspResponse play(Request request, Viewer mine) {
    if (!playing) {
      playing = true;
      outlet.eventLoop().execute(mine::play); // after the answer is out
    }
    return new RtspResponse(200).header("Range", "npt=now-");
  }

  private RtspResponse pause(Request request, Viewer mine) {
    if (!playing) {
      return new RtspResponse(455);
    }
    playing = false;
    mine.pause();
    return new RtspResponse(200);
  }

  private RtspResponse tearDown(Request request, Viewer mine) {
    endSession();
    return new RtspResponse(200);
  }

  private RtspResponse keepAlive(Request request) {
    boolean other = request.header("session").isPresent() && !ours(request);
    return new RtspResponse(other ? 454 : 200);
  }

  private boolean ours(Request request) {
    return !session.isEmpty()
        && request.header("session").map(s -> s.split(";", 2)[0].equals(session)).orElse(false);
  }

  private void endSession() {
    if (viewer != null) {
      viewer.close();
    }
    viewer = null;
    session = "";
    playing = false;
  }

  /**
   * A stranger has to authenticate in time; a session lives on requests, reports or played bytes.
   */
  private void watch(long authenticateWithinNanos) {
    long now = System.nanoTime();
    boolean stranger = !authenticated && now - openedNanos > authenticateWithinNanos;
    boolean idle = !playing && now - lastLifeNanos > sessionTimeout.toNanos();
    if (stranger || idle) {
      outlet.close();
      close();
    }
  }

  private void send(RtspResponse response, String cseq) {
    outlet.write(Unpooled.wrappedBuffer(response.encode(cseq)));
  }
}
