// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.refcam.media.MediaTime;
import org.refcam.rtp.MetadataPacketizer;
import org.refcam.rtp.RtpPackets;

/**
 * The metadata of the camera as one RTP source: each document is packetized once and goes to every
 * viewer who can take it. Safe from any thread.
 */
final class MetadataFeed {
  /** What does not fit is not sent: a document is some events, not a film. */
  static final int DOCUMENT_MAX = 64 * 1024;

  private final String cname;
  private final MetadataPacketizer packetizer;
  private final AtomicInteger watching = new AtomicInteger();
  private final Map<EventLoop, List<MetadataViewer>> viewers =
      new ConcurrentHashMap<>(); // lists: their loop
  private volatile Supplier<byte[]> states = () -> new byte[0];

  MetadataFeed(String cname, SecureRandom random) {
    this.cname = cname;
    packetizer =
        new MetadataPacketizer(
            random.nextInt(), random.nextInt(), random.nextInt(), StreamFeed.PAYLOAD_MAX);
  }

  int ssrc() {
    return packetizer.ssrc();
  }

  /**
   * Who tells how everything stands now, for a viewer who begins; an empty document for nothing.
   */
  void states(Supplier<byte[]> teller) {
    states = teller;
  }

  /** Whether anybody is sent metadata. */
  boolean watched() {
    return watching.get() > 0;
  }

  /** Sends a document to all viewers. */
  void publish(byte[] document) {
    if (!watched() || document.length == 0 || document.length > DOCUMENT_MAX) {
      return;
    }
    RtpPackets packets = packetizer.packetize(document, MediaTime.now());
    SenderReport report = new SenderReport(packetizer.senderState(), Instant.now(), cname);
    for (Map.Entry<EventLoop, List<MetadataViewer>> loop : viewers.entrySet()) {
      loop.getKey()
          .execute(
              () ->
                  List.copyOf(loop.getValue()).forEach(viewer -> viewer.deliver(packets, report)));
    }
  }

  /**
   * Called on the viewer's event loop. All viewers are told the states once more, because they
   * share one row of packets; that is what a synchronization point is.
   */
  void add(MetadataViewer viewer) {
    List<MetadataViewer> list =
        viewers.computeIfAbsent(viewer.eventLoop(), loop -> new ArrayList<>());
    if (!list.contains(viewer)) {
      list.add(viewer);
      watching.incrementAndGet();
    }
    publish(states.get());
  }

  /** Called on the viewer's event loop. */
  void remove(MetadataViewer viewer) {
    List<MetadataViewer> list = viewers.get(viewer.eventLoop());
    if (list != null && list.remove(viewer)) {
      watching.decrementAndGet();
    }
  }
}
