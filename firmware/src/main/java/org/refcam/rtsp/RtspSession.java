// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.refcam.rtp.InvalidMikeyException;
import org.refcam.rtp.ReceiverFeedback;
import org.refcam.rtp.SrtcpReceiver;
import org.refcam.rtsp.RtspMessage.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one session of an RTSP connection (RFC 2326, A.2): pictures, metadata, or both. Confined to
 * its outlet's event loop.
 *
 * <pre>
 *   INIT --SETUP--> READY --PLAY--> PLAYING --PAUSE, RTCP BYE--> READY
 *   TEARDOWN, time-out, close -> INIT
 * </pre>
 *
 * <p>INV-RTSP-3. An SRTP key serves one SETUP of one connection, and is wiped when that session
 * ends. So no viewer has the key of another's packets, and none that is revoked can read on. Holds
 * against every other client. Does not hold against who has read the key in the client's memory.
 */
final class RtspSession {
  /** Reports in a row of half the packets lost, after which sending is of no use. */
  static final int POOR_REPORTS_MAX = 3;

  private static final int HALF_LOST = 128;
  private static final Logger log = LoggerFactory.getLogger(RtspSession.class);

  private final Outlet outlet;
  private final Optional<UdpPorts> udp;
  private final SecureRandom random;
  private final Duration timeout;
  private final AtomicReference<@Nullable ReceiverFeedback> waiting = new AtomicReference<>();
  private String id = "";
  private @Nullable SrtpOffer offer;
  private @Nullable Viewer viewer;
  private @Nullable MetadataViewer metadata;
  private @Nullable SrtpPath srtp;
  private int rtpChannel = -1;
  private int rtcpChannel = -1;
  private boolean playing;
  private int poorReports;
  private long lastLifeNanos = System.nanoTime();

  /**
   * @param udp where SRTP is served: to TLS connections, whose SDP nobody else reads
   */
  RtspSession(Outlet outlet, Optional<UdpPorts> udp, SecureRandom random, Duration timeout) {
    this.outlet = outlet;
    this.udp = udp;
    this.random = random;
    this.timeout = timeout;
  }

  /** Makes the key that a SETUP may use; empty where SRTP is not served. */
  Optional<SrtpOffer> offer(StreamFeed feed) {
    if (udp.isEmpty()) {
      return Optional.empty();
    }
    dropOffer();
    SrtpOffer made = new SrtpOffer(feed, random);
    offer = made;
    return Optional.of(made);
  }

  RtspResponse setUp(Request request, StreamFeed feed) {
    if (playing) {
      return new RtspResponse(455);
    }
    if (request.header("session").isPresent() && !ours(request)) {
      return new RtspResponse(454);
    }
    if (viewer != null) {
      return new RtspResponse(459); // one stream a session
    }
    SrtpOffer offered = offer;
    boolean srtpPossible = offered != null && offered.isFor(feed);
    Optional<TransportChoice> choice =
        TransportChoice.of(request.header("transport").orElse(""), srtpPossible);
    if (choice.isEmpty()) {
      return new RtspResponse(461);
    }
    if (choice.get() instanceof TransportChoice.Srtp ports && offered != null) {
      return setUpSrtp(request, feed, offered, ports);
    }
    TransportChoice.Interleaved channels = (TransportChoice.Interleaved) choice.get();
    if (metadata != null && overlap(channels, metadata)) {
      return new RtspResponse(461);
    }
    rtpChannel = channels.rtp();
    rtcpChannel = channels.rtcp();
    viewer = new Viewer(outlet, feed, new InterleavedPath(outlet, channels.rtp(), channels.rtcp()));
    return begun(
        String.format(
            Locale.ROOT,
            "RTP/AVP/TCP;unicast;interleaved=%d-%d;ssrc=%08X",
            channels.rtp(),
            channels.rtcp(),
            feed.ssrc()));
  }

  /** Metadata go on the connection only. */
  RtspResponse setUpMetadata(Request request, MetadataFeed feed) {
    if (playing) {
      return new RtspResponse(455);
    }
    if (request.header("session").isPresent() && !ours(request)) {
      return new RtspResponse(454);
    }
    if (metadata != null) {
      return new RtspResponse(459);
    }
    Optional<TransportChoice> choice =
        TransportChoice.of(request.header("transport").orElse(""), false);
    if (choice.isEmpty()) {
      return new RtspResponse(461);
    }
    TransportChoice.Interleaved channels = (TransportChoice.Interleaved) choice.get();
    MetadataViewer mine = new MetadataViewer(outlet, feed, channels.rtp(), channels.rtcp());
    if (viewer != null && srtp == null && overlap(rtpChannel, rtcpChannel, mine)) {
      return new RtspResponse(461);
    }
    metadata = mine;
    return begun(
        String.format(
            Locale.ROOT,
            "RTP/AVP/TCP;unicast;interleaved=%d-%d;ssrc=%08X",
            channels.rtp(),
            channels.rtcp(),
            feed.ssrc()));
  }

  private static boolean overlap(TransportChoice.Interleaved channels, MetadataViewer other) {
    return overlap(channels.rtp(), channels.rtcp(), other);
  }

  private static boolean overlap(int rtp, int rtcp, MetadataViewer other) {
    return rtp == other.rtpChannel()
        || rtp == other.rtcpChannel()
        || rtcp == other.rtpChannel()
        || rtcp == other.rtcpChannel();
  }

  private RtspResponse setUpSrtp(
      Request request, StreamFeed feed, SrtpOffer offered, TransportChoice.Srtp ports) {
    Optional<SrtcpReceiver> receiver = Optional.empty();
    try {
      Optional<String> keyManagement = request.header("keymgmt");
      if (keyManagement.isPresent()) {
        receiver = Optional.of(new SrtcpReceiver(KeyManagement.parse(keyManagement.get())));
      }
      UdpPorts door = udp.orElseThrow();
      Optional<SrtpPath.Wire> wire =
          door.connect(outlet.peer(), ports, receiver, this::feedbackFromAnyThread);
      if (wire.isEmpty()) {
        return new RtspResponse(461);
      }
      offer = null;
      SrtpPath path = new SrtpPath(offered.take(), wire.get(), outlet.eventLoop());
      srtp = path;
      viewer = new Viewer(outlet, feed, path);
      int server = door.boundPort().orElseThrow();
      return begun(
          String.format(
              Locale.ROOT,
              "RTP/SAVP;unicast;client_port=%d-%d;server_port=%d-%d;ssrc=%08X",
              ports.rtpPort(),
              ports.rtcpPort(),
              server,
              server + 1,
              path.ssrc()));
    } catch (InvalidMikeyException e) {
      log.debug("{}: {}", outlet.peer(), e.getMessage());
      return new RtspResponse(463);
    } catch (IOException e) {
      receiver.ifPresent(SrtcpReceiver::close);
      log.warn("{}: {}", e.getMessage(), String.valueOf(e.getCause()));
      return new RtspResponse(503);
    }
  }

  private RtspResponse begun(String transport) {
    if (id.isEmpty()) { // the second media of a session joins it
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      id = HexFormat.of().formatHex(bytes);
    }
    poorReports = 0;
    return new RtspResponse(200)
        .header("Transport", transport)
        .header("Session", id + ";timeout=" + timeout.toSeconds());
  }

  RtspResponse play(Request request) {
    if (nothingSetUp() || !ours(request)) {
      return new RtspResponse(454);
    }
    if (!playing) {
      playing = true;
      outlet.eventLoop().execute(this::begin); // after the answer is out
    }
    return new RtspResponse(200).header("Range", "npt=now-").header("Session", id);
  }

  private boolean nothingSetUp() {
    return viewer == null && metadata == null;
  }

  private void begin() {
    if (playing && viewer != null) {
      viewer.play();
    }
    if (playing && metadata != null) {
      metadata.play();
    }
  }

  private void hold() {
    playing = false;
    if (viewer != null) {
      viewer.pause();
    }
    if (metadata != null) {
      metadata.pause();
    }
  }

  RtspResponse pause(Request request) {
    if (nothingSetUp() || !ours(request)) {
      return new RtspResponse(454);
    }
    if (!playing) {
      return new RtspResponse(455);
    }
    hold();
    return new RtspResponse(200).header("Session", id);
  }

  RtspResponse tearDown(Request request) {
    if (nothingSetUp() || !ours(request)) {
      return new RtspResponse(454);
    }
    RtspResponse answer = new RtspResponse(200).header("Session", id);
    end();
    return answer;
  }

  RtspResponse keepAlive(Request request) {
    boolean other = request.header("session").isPresent() && !ours(request);
    return new RtspResponse(other ? 454 : 200);
  }

  /** The client has sent something. */
  void alive() {
    lastLifeNanos = System.nanoTime();
  }

  /** A packet among the requests. */
  void interleaved(int channel, ByteBuffer packet) {
    alive();
    if (viewer != null && channel == rtcpChannel) {
      ReceiverFeedback.read(packet).ifPresent(this::feedback);
    }
  }

  /**
   * Whether the client has been silent too long. One that is sent pictures on its connection need
   * not speak: what it does not read stops it.
   */
  boolean expired(long nowNanos) {
    return (!playing || srtp != null || viewer == null)
        && nowNanos - lastLifeNanos > timeout.toNanos();
  }

  /** Idempotent. */
  void end() {
    if (viewer != null) {
      viewer.close();
    }
    if (metadata != null) {
      metadata.pause();
    }
    dropOffer();
    viewer = null;
    metadata = null;
    srtp = null;
    rtpChannel = -1;
    rtcpChannel = -1;
    id = "";
    playing = false;
  }

  /**
   * One report at a time waits for the loop, however many an authenticated client sends: the
   * newest, but a BYE stays.
   */
  private void feedbackFromAnyThread(ReceiverFeedback feedback) {
    @Nullable ReceiverFeedback before =
        waiting.getAndUpdate(last -> last != null && last.bye() ? last : feedback);
    if (before == null) {
      outlet
          .eventLoop()
          .execute(() -> Optional.ofNullable(waiting.getAndSet(null)).ifPresent(this::feedback));
    }
  }

  private void feedback(ReceiverFeedback feedback) {
    if (viewer == null) {
      return;
    }
    alive();
    if (feedback.bye()) {
      hold();
      return;
    }
    SrtpPath path = srtp;
    if (path == null) {
      return;
    }
    for (ReceiverFeedback.Block block : feedback.blocks()) {
      if (block.ssrc() == path.ssrc()) {
        poorReports = block.fractionLost() >= HALF_LOST ? poorReports + 1 : 0;
      }
    }
    if (poorReports >= POOR_REPORTS_MAX) {
      log.info("{}: half of the packets do not arrive", outlet.peer());
      outlet.close();
    }
  }

  private boolean ours(Request request) {
    return !id.isEmpty()
        && request.header("session").map(s -> s.split(";", 2)[0].equals(id)).orElse(false);
  }

  private void dropOffer() {
    if (offer != null) {
      offer.close();
      offer = null;
    }
  }
}
