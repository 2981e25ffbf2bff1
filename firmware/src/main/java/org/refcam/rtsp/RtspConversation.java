// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

  /** After a stream's name: its description with the camera's metadata. */
  private static final String METADATA = "/metadata";

  private static final Pattern URI =
      Pattern.compile(
          "rtsps?://[^/]{1,255}/([a-z]{1,16})("
              + SRTP
              + "|"
              + METADATA
              + ")?/?("
              + SessionDescription.CONTROL
              + "|"
              + SessionDescription.METADATA_CONTROL
              + ")?/?",
          Pattern.CASE_INSENSITIVE);

  /** A recording: {@code /replay/main}. */
  private static final Pattern REPLAY =
      Pattern.compile(
          "rtsps?://[^/]{1,255}/replay/([a-z]{1,16})/?(?:" + SessionDescription.CONTROL + ")?/?",
          Pattern.CASE_INSENSITIVE);

  /** The one feature that may be required (ONVIF Streaming Specification, 6.4). */
  private static final String ONVIF_REPLAY = "onvif-replay";

  private static final Pattern CSEQ = Pattern.compile("[0-9]{1,10}");

  private final Outlet outlet;
  private final RtspGate gate;
  private final Map<String, StreamFeed> feeds;
  private final MetadataFeed metadata;
  private final RtspSession session;
  private final Optional<ReplayDesk> desk;
  private final Optional<ReplaySession> replay;
  private final Runnable onAuthenticated;
  private final ScheduledFuture<?> watchdog;
  private final long openedNanos = System.nanoTime();
  private ByteBuffer received = ByteBuffer.allocate(FIRST_CAPACITY);
  private boolean authenticated;
  private int failures;
  private String client = "";
  private boolean closed;
  private boolean preparing; // an answer; later requests wait

  /**
   * @param desk where recordings are replayed; empty on a connection that is not encrypted
   */
  RtspConversation(
      Outlet outlet,
      RtspGate gate,
      Map<String, StreamFeed> feeds,
      MetadataFeed metadata,
      RtspSettings settings,
      Optional<UdpPorts> udp,
      Optional<ReplayDesk> desk,
      SecureRandom random,
      Runnable onAuthenticated) {
    this.desk = desk;
    this.replay = desk.map(d -> new ReplaySession(outlet, d, random));
    this.outlet = outlet;
    this.gate = gate;
    this.feeds = feeds;
    this.metadata = metadata;
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
      if (!received.hasRemaining()) { // more than a message came before the last was answered
        outlet.close();
        close();
        return;
      }
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
    replay.ifPresent(ReplaySession::end);
  }

  private void grow(int more) {
    int wanted = Math.min(RtspParser.messageMax(), received.position() + more);
    if (wanted > received.capacity()) {
      received = ByteBuffer.allocate(wanted).put(received.flip());
    }
  }

  private void consume() {
    if (preparing) {
      return;
    }
    received.flip();
    try {
      while (!closed && !preparing) {
        Optional<RtspMessage> message = RtspParser.parse(received);
        if (message.isEmpty()) {
          break;
        }
        session.alive();
        replay.ifPresent(ReplaySession::alive);
        if (message.get() instanceof Request request) {
          answer(request);
        } else if (message.get() instanceof Interleaved packet) {
          session.interleaved(packet.channel(), packet.packet());
        }
      }
      received.compact();
      boolean full = !received.hasRemaining() && received.capacity() >= RtspParser.messageMax();
      if (full && !preparing) {
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
    CompletableFuture<RtspResponse> response =
        cseq.isEmpty() ? now(new RtspResponse(400)) : respond(request);
    if (response.isDone() && !response.isCompletedExceptionally()) {
      answer(response.join(), cseq);
      return;
    }
    preparing = true;
    response.whenComplete(
        (made, failure) -> outlet.eventLoop().execute(() -> prepared(made, failure, cseq)));
  }

  private void prepared(@Nullable RtspResponse made, @Nullable Throwable failure, String cseq) {
    preparing = false;
    if (closed) {
      if (made != null) {
        made.given();
      }
      return;
    }
    if (failure != null) {
      log.warn("a replay could not be prepared", failure);
    }
    answer(made == null ? new RtspResponse(503) : made, cseq);
    if (!closed) {
      consume();
    }
  }

  private void answer(RtspResponse response, String cseq) {
    send(response, cseq);
    response.given();
    if (failures >= FAILURES_MAX) {
      outlet.close();
      close();
    }
  }

  private static CompletableFuture<RtspResponse> now(RtspResponse response) {
    return CompletableFuture.completedFuture(response);
  }

  private CompletableFuture<RtspResponse> respond(Request request) {
    if (!gate.open()) {
      failures++;
      return now(new RtspResponse(403));
    }
    Optional<String> required = request.header("require");
    if (required.isPresent()
        && (desk.isEmpty() || !required.get().strip().equalsIgnoreCase(ONVIF_REPLAY))) {
      return now(new RtspResponse(551).header("Unsupported", required.get()));
    }
    if (request.method().equals("OPTIONS")) {
      return now(new RtspResponse(200).header("Public", METHODS));
    }
    Optional<RtspResponse> refusal = authenticate(request);
    if (refusal.isPresent()) {
      failures++;
      return now(refusal.get());
    }
    failures = 0;
    Matcher recording = REPLAY.matcher(request.uri());
    boolean ours = replay.map(r -> r.ours(request)).orElse(false);
    if (desk.isPresent() && (recording.matches() || ours)) {
      String name = recording.matches() ? recording.group(1).toLowerCase(Locale.ROOT) : "";
      return replayed(request, name, desk.get(), replay.orElseThrow());
    }
    return now(live(request));
  }

  private CompletableFuture<RtspResponse> replayed(
      Request request, String name, ReplayDesk of, ReplaySession mine) {
    if (!of.replays().allowed(client)) {
      return now(new RtspResponse(403));
    }
    return switch (request.method()) {
      case "DESCRIBE" -> mine.describe(name, base(request));
      case "SETUP" -> now(name.isEmpty() ? new RtspResponse(404) : mine.setUp(request, name));
      case "PLAY" -> mine.play(request);
      case "PAUSE" -> now(mine.pause(request));
      case "TEARDOWN" -> now(mine.tearDown(request));
      case "GET_PARAMETER", "SET_PARAMETER" ->
          now(new RtspResponse(request.bodyLength() == 0 ? 200 : 451));
      default -> now(new RtspResponse(501).header("Public", METHODS));
    };
  }

  private static String base(Request request) {
    return request.uri().endsWith("/") ? request.uri() : request.uri() + "/";
  }

  private RtspResponse live(Request request) {
    return switch (request.method()) {
      case "DESCRIBE" -> describe(request);
      case "SETUP" -> setUp(request);
      case "PLAY" -> session.play(request);
      case "PAUSE" -> session.pause(request);
      case "TEARDOWN" -> session.tearDown(request);
      case "GET_PARAMETER", "SET_PARAMETER" ->
          request.bodyLength() == 0 ? session.keepAlive(request) : new RtspResponse(451);
      default -> new RtspResponse(501).header("Public", METHODS);
    };
  }

  private RtspResponse setUp(Request request) {
    Optional<StreamFeed> feed = feed(request);
    Matcher uri = URI.matcher(request.uri());
    if (feed.isEmpty() || !uri.matches()) {
      return new RtspResponse(404);
    }
    if (!SessionDescription.METADATA_CONTROL.equalsIgnoreCase(uri.group(3))) {
      return session.setUp(request, feed.get());
    }
    return METADATA.equalsIgnoreCase(uri.group(2))
        ? session.setUpMetadata(request, metadata)
        : new RtspResponse(404);
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
    String name = feed.get().stream().name();
    Matcher uri = URI.matcher(request.uri());
    Optional<String> key = Optional.empty();
    if (uri.matches() && METADATA.equalsIgnoreCase(uri.group(2))) {
      return new RtspResponse(200)
          .header("Content-Base", base(request))
          .body("application/sdp", SessionDescription.withMetadata(parameters.get(), name));
    }
    if (uri.matches() && uri.group(2) != null) {
      key = session.offer(feed.get()).map(offer -> offer.keyManagement(Instant.now()));
      if (key.isEmpty()) {
        return new RtspResponse(404); // where the description could be read by others
      }
    }
    return new RtspResponse(200)
        .header("Content-Base", base(request))
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
    boolean replaying = replay.map(ReplaySession::lives).orElse(false);
    boolean silent = replaying ? replay.orElseThrow().expired(now) : session.expired(now);
    if (stranger || revoked || silent) {
      outlet.close();
      close();
    }
  }

  private void send(RtspResponse response, String cseq) {
    outlet.write(Unpooled.wrappedBuffer(response.encode(cseq)));
  }
}
