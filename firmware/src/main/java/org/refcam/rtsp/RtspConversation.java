// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.rtsp.RtspMessage.Interleaved;
import org.refcam.rtsp.RtspMessage.Request;
import org.refcam.stream.StreamParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RTSP connection: reads requests, authenticates each, and hands it to the session. Confined to
 * its outlet's event loop.
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

  /** After a stream's name: its description for SRTP over UDP. */
  private static final String SRTP = "/srtp";

  private static final Pattern URI =
      Pattern.compile(
          "rtsps?://[^/]{1,255}/([a-z]{1,16})("
              + SRTP
              + ")?/?(?:"
              + SessionDescription.CONTROL
              + ")?/?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CSEQ = Pattern.compile("[0-9]{1,10}");

  private final Outlet outlet;
  private final RtspGate gate;
  private final Map<String, StreamFeed> feeds;
  private final RtspSession session;
  private final Runnable onAuthenticated;
  private final ScheduledFuture<?> watchdog;
  private final long openedNanos = System.nanoTime();
  private ByteBuffer received = ByteBuffer.allocate(FIRST_CAPACITY);
  private boolean authenticated;
  private int failures;
  private String client = "";
  private boolean closed;

  RtspConversation(
      Outlet outlet,
      RtspGate gate,
      Map<String, StreamFeed> feeds,
      RtspSettings settings,
      Optional<UdpPorts> udp,
      SecureRandom random,
      Runnable onAuthenticated) {
    this.outlet = outlet;
    this.gate = gate;
    this.feeds = feeds;
    this.session = new RtspSession(outlet, udp, random, settings.sessionTimeout());
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
    session.end();
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
        session.alive();
        if (message.get() instanceof Request request) {
          answer(request);
        } else if (message.get() instanceof Interleaved packet) {
          session.interleaved(packet.channel(), packet.packet());
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
      case "SETUP" ->
          feed(request)
              .map(feed -> session.setUp(request, feed))
              .orElseGet(() -> new RtspResponse(404));
      case "PLAY" -> session.play(request);
      case "PAUSE" -> session.pause(request);
      case "TEARDOWN" -> session.tearDown(request);
      case "GET_PARAMETER", "SET_PARAMETER" ->
          request.bodyLength() == 0 ? session.keepAlive(request) : new RtspResponse(451);
      default -> new RtspResponse(501).header("Public", METHODS);
    };
  }

  private Optional<RtspResponse> authenticate(Request request) {
    Optional<String> authorization = request.header("authorization");
    RtspGate.Verdict verdict =
        authorization
            .map(value -> gate.verify(value, request.method(), request.uri(), outlet.peer()))
            .orElse(RtspGate.Verdict.REJECTED);
    RtspGate.Outcome outcome = verdict.outcome();
    if (outcome == RtspGate.Outcome.OK) {
      client = verdict.client();
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
    String name = feed.get().stream().name();
    Matcher uri = URI.matcher(request.uri());
    Optional<String> key = Optional.empty();
    if (uri.matches() && uri.group(2) != null) {
      key = session.offer(feed.get()).map(offer -> offer.keyManagement(Instant.now()));
      if (key.isEmpty()) {
        return new RtspResponse(404); // where the description could be read by others
      }
    }
    return new RtspResponse(200)
        .header("Content-Base", base)
        .body("application/sdp", SessionDescription.of(parameters.get(), name, key));
  }

  /**
   * A stranger has to authenticate in time; a session lives on requests, reports or played bytes,
   * and no longer than its credential.
   */
  private void watch(long authenticateWithinNanos) {
    long now = System.nanoTime();
    boolean stranger = !authenticated && now - openedNanos > authenticateWithinNanos;
    boolean revoked = !client.isEmpty() && !gate.known(client);
    if (stranger || revoked || session.expired(now)) {
      outlet.close();
      close();
    }
  }

  private void send(RtspResponse response, String cseq) {
    outlet.write(Unpooled.wrappedBuffer(response.encode(cseq)));
  }
}
