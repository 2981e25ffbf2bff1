// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.refcam.codec.InvalidParameterSetException;
import org.refcam.rtp.H264Packetizer;
import org.refcam.rtsp.ReplayReader.Replayed;
import org.refcam.rtsp.RtspMessage.Request;
import org.refcam.stream.StreamParameters;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.ClipReader;
import org.refcam.vault.RecordedSpan;
import org.refcam.vault.RecordedUnit;
import org.refcam.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one replay session of an RTSP connection (ONVIF Streaming Specification, 6). Confined to its
 * outlet's event loop, but for what {@link ReplayDesk} looks up.
 *
 * <pre>
 *   INIT --SETUP--> READY --PLAY--> PLAYING --PAUSE, nothing left--> READY
 *   PLAYING --PLAY--> PLAYING elsewhere, at once
 *   TEARDOWN, time-out, close -> INIT
 * </pre>
 *
 * <p>INV-RTSP-4. A recording leaves the RTSP door only over an encrypted connection, to an
 * authenticated client whose role may play recordings, and only bytes that authenticated. Against
 * anyone on the network and every other client. Does not hold against who reads the client's
 * memory.
 */
final class ReplaySession {
  private static final Logger log = LoggerFactory.getLogger(ReplaySession.class);

  private final Outlet outlet;
  private final ReplayDesk desk;
  private final SecureRandom random;
  private String id = "";
  private String stream = "";
  private int channel;
  private Duration timeout = Duration.ofMinutes(1);
  private @Nullable H264Packetizer packetizer;
  private @Nullable Replayer replayer; // while it plays
  private Optional<Replayer> before = Optional.empty(); // the last that played, perhaps this one
  private int plays;
  private long lastLifeNanos = System.nanoTime();

  ReplaySession(Outlet outlet, ReplayDesk desk, SecureRandom random) {
    this.outlet = outlet;
    this.desk = desk;
    this.random = random;
  }

  /** Whether a request names this session. */
  boolean ours(Request request) {
    return !id.isEmpty()
        && request.header("session").map(s -> s.split(";", 2)[0].equals(id)).orElse(false);
  }

  CompletableFuture<RtspResponse> describe(String name, String base) {
    return desk.prepare(
        () -> {
          Optional<Vault> vault = desk.replays().vault();
          Optional<RecordedSpan> span = vault.flatMap(v -> v.span(name));
          Optional<StreamParameters> parameters =
              span.isPresent() ? parameters(vault.orElseThrow(), name) : Optional.empty();
          if (parameters.isEmpty()) {
            return new RtspResponse(404);
          }
          return new RtspResponse(200)
              .header("Content-Base", base)
              .body(
                  "application/sdp",
                  SessionDescription.replay(parameters.get(), name, span.orElseThrow()));
        });
  }

  /** Of the newest recording whose first picture can be read. */
  private static Optional<StreamParameters> parameters(Vault vault, String name) {
    for (ClipInfo clip : vault.preceding(name, Instant.now().plus(Duration.ofDays(1)), 8)) {
      try (ClipReader reader = vault.read(clip.id())) {
        Optional<RecordedUnit> first = reader.next();
        if (first.isPresent()) {
          Optional<StreamParameters> found =
              StreamParameters.find(first.get().unit(), reader.start().frameRate());
          if (found.isPresent()) {
            return found;
          }
        }
      } catch (IOException | InvalidParameterSetException e) {
        log.info("no description from a recording: {}", e.getMessage());
      }
    }
    return Optional.empty();
  }

  RtspResponse setUp(Request request, String name) {
    if (request.header("session").isPresent() && !ours(request)) {
      return new RtspResponse(454);
    }
    if (!id.isEmpty()) {
      return new RtspResponse(459); // one media a session
    }
    Optional<TransportChoice> choice =
        TransportChoice.of(request.header("transport").orElse(""), false);
    if (choice.isEmpty() || !(choice.get() instanceof TransportChoice.Interleaved channels)) {
      return new RtspResponse(461);
    }
    if (!desk.enter()) {
      return new RtspResponse(453);
    }
    stream = name;
    channel = channels.rtp();
    timeout = desk.replays().sessionTimeout();
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    id = HexFormat.of().formatHex(bytes);
    H264Packetizer made =
        new H264Packetizer(
            random.nextInt(), random.nextInt(), random.nextInt(), StreamFeed.PAYLOAD_MAX);
    packetizer = made;
    return new RtspResponse(200)
        .header(
            "Transport",
            String.format(
                Locale.ROOT,
                "RTP/AVP/TCP;unicast;interleaved=%d-%d;ssrc=%08X",
                channels.rtp(),
                channels.rtcp(),
                made.ssrc()))
        .header("Session", id + ";timeout=" + timeout.toSeconds());
  }

  CompletableFuture<RtspResponse> play(Request request) {
    H264Packetizer packets = packetizer;
    if (packets == null || !ours(request)) {
      return now(454);
    }
    Optional<ReplayWish> wish = ReplayWish.parse(request);
    if (wish.isEmpty()) {
      return now(400);
    }
    stop();
    plays++;
    Beginning beginning =
        new Beginning(request.uri(), id, stream, channel, wish.get(), before, packets, plays);
    return desk.prepare(() -> begin(beginning));
  }

  /** What {@link #begin} works with. */
  private record Beginning(
      String uri,
      String id,
      String stream,
      int channel,
      ReplayWish wish,
      Optional<Replayer> before,
      H264Packetizer packets,
      int play) {}

  /** Off the event loop: finds the first picture. */
  private RtspResponse begin(Beginning is) {
    if (is.before().isPresent() && !is.before().get().awaitEnd()) {
      return new RtspResponse(503); // its last read hangs
    }
    Optional<Vault> vault = desk.replays().vault();
    Optional<RecordedSpan> span = vault.flatMap(v -> v.span(is.stream()));
    if (span.isEmpty()) {
      return new RtspResponse(404);
    }
    Optional<ReplayRange> range =
        is.wish().range().isEmpty()
            ? Optional.of(ReplayRange.ALL)
            : ReplayRange.parse(is.wish().range().get(), span.get().from());
    if (range.isEmpty()) {
      return new RtspResponse(457);
    }
    boolean backwards = is.wish().backwards();
    Instant usual = backwards ? span.get().until() : span.get().from();
    Instant from =
        range.get().from().or(() -> is.before().flatMap(Replayer::position)).orElse(usual);
    Instant until = range.get().until().orElse(backwards ? Instant.EPOCH : Instant.MAX);
    ReplayReader reader =
        new ReplayReader(
            vault.orElseThrow(), is.stream(), is.wish(), inside(from, span.get()), until);
    Optional<Replayed> first = reader.peek();
    if (first.isEmpty()) {
      reader.close();
      return new RtspResponse(457);
    }
    long ticks = is.before().map(Replayer::nextTicks).orElse(0L);
    Replayer made =
        new Replayer(
            outlet, is.channel(), is.packets(), reader, is.wish(), ticks, () -> ended(is.play()));
    return begun(is, first.get().recorded().wallTime(), range.get().until(), ticks)
        .then(() -> start(made, is.play()));
  }

  /** Clients name times that no clock of a recording can have, such as the year 1900. */
  private static Instant inside(Instant time, RecordedSpan span) {
    return time.isBefore(span.from())
        ? span.from()
        : time.isAfter(span.until()) ? span.until() : time;
  }

  private static RtspResponse begun(
      Beginning is, Instant first, Optional<Instant> until, long ticks) {
    return new RtspResponse(200)
        .header("Session", is.id())
        .header(
            "Range",
            "clock=" + ReplayRange.text(first) + "-" + until.map(ReplayRange::text).orElse(""))
        .header("Scale", String.format(Locale.ROOT, "%.3f", is.wish().scale()))
        .header("Rate-Control", is.wish().rateControl() ? "yes" : "no")
        .header(
            "RTP-Info",
            "url="
                + is.uri()
                + ";seq="
                + is.packets().nextSequence()
                + ";rtptime="
                + is.packets().timestamp(ticks));
  }

  /** Once the answer is out; unless the session went on to something else meanwhile. */
  private void start(Replayer made, int mine) {
    if (id.isEmpty() || mine != plays) {
      made.stop();
      desk.play(made); // it closes what it reads
      return;
    }
    replayer = made;
    before = Optional.of(made);
    desk.play(made);
  }

  private void ended(int mine) {
    if (mine == plays) {
      stop();
    }
  }

  /** One that has come to its end by itself is paused already; players pause it all the same. */
  RtspResponse pause(Request request) {
    if (!ours(request)) {
      return new RtspResponse(454);
    }
    if (before.isEmpty()) {
      return new RtspResponse(455);
    }
    stop();
    return new RtspResponse(200).header("Session", id);
  }

  RtspResponse tearDown(Request request) {
    RtspResponse answer = new RtspResponse(200).header("Session", id);
    end();
    return answer;
  }

  /** The client has sent something. */
  void alive() {
    lastLifeNanos = System.nanoTime();
  }

  boolean expired(long nowNanos) {
    return !id.isEmpty() && replayer == null && nowNanos - lastLifeNanos > timeout.toNanos();
  }

  /** Whether there is a session. */
  boolean lives() {
    return !id.isEmpty();
  }

  /** Idempotent. */
  void end() {
    stop();
    if (!id.isEmpty()) {
      desk.leave();
    }
    id = "";
    packetizer = null;
    before = Optional.empty();
    plays++;
  }

  private void stop() {
    Replayer playing = replayer;
    if (playing != null) {
      playing.stop();
      replayer = null;
      lastLifeNanos = System.nanoTime();
    }
  }

  private static CompletableFuture<RtspResponse> now(int status) {
    return CompletableFuture.completedFuture(new RtspResponse(status));
  }
}
