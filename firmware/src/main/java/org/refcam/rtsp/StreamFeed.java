// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.rtp.H264Packetizer;
import org.refcam.rtp.RtpPackets;
import org.refcam.stream.Subscriber;
import org.refcam.stream.VideoStream;

/**
 * One stream as one RTP source: packetized once on the publisher's thread, then one task for each
 * event loop, which hands every viewer there its view of the same bytes. All viewers on connections
 * see the same SSRC, sequence numbers and timestamps; those of SRTP have SSRC and sequence of their
 * own.
 */
final class StreamFeed implements Subscriber {
  static final int PAYLOAD_MAX = 1_400;

  private final VideoStream stream;
  private final String cname;
  private final H264Packetizer packetizer; // publisher's thread
  private final Map<EventLoop, List<Viewer>> viewers =
      new ConcurrentHashMap<>(); // lists: their loop

  StreamFeed(VideoStream stream, String cname, SecureRandom random) {
    this.stream = stream;
    this.cname = cname;
    packetizer =
        new H264Packetizer(random.nextInt(), random.nextInt(), random.nextInt(), PAYLOAD_MAX);
  }

  VideoStream stream() {
    return stream;
  }

  int ssrc() {
    return packetizer.ssrc();
  }

  @Override
  public void accept(AccessUnit unit) {
    RtpPackets packets = packetizer.packetize(unit);
    SenderReport report = report(unit.time());
    for (Map.Entry<EventLoop, List<Viewer>> loop : viewers.entrySet()) {
      loop.getKey().execute(() -> deliver(loop.getValue(), unit, packets, report));
    }
  }

  @Override
  public void ended() {
    SenderReport last = new SenderReport(packetizer.senderState(), Instant.now(), cname);
    for (Map.Entry<EventLoop, List<Viewer>> loop : viewers.entrySet()) {
      loop.getKey().execute(() -> List.copyOf(loop.getValue()).forEach(viewer -> viewer.end(last)));
    }
  }

  /** Called on the viewer's event loop. */
  void add(Viewer viewer) {
    List<Viewer> list = viewers.computeIfAbsent(viewer.eventLoop(), loop -> new ArrayList<>());
    if (!list.contains(viewer)) {
      list.add(viewer);
    }
    stream.requestKeyFrame();
  }

  /** Called on the viewer's event loop. */
  void remove(Viewer viewer) {
    List<Viewer> list = viewers.get(viewer.eventLoop());
    if (list != null) {
      list.remove(viewer);
    }
  }

  private void deliver(
      List<Viewer> here, AccessUnit unit, RtpPackets packets, SenderReport report) {
    if (here.isEmpty()) {
      return;
    }
    SharedPackets picture = new SharedPackets(packets, PooledByteBufAllocator.DEFAULT);
    boolean keyFrameWanted = false;
    for (Viewer viewer : List.copyOf(here)) { // a write that fails may close a viewer meanwhile
      keyFrameWanted |= viewer.deliver(unit, picture, report);
    }
    picture.release();
    if (keyFrameWanted) {
      stream.requestKeyFrame();
    }
  }

  /** The report that belongs to this picture; each viewer takes one every few seconds. */
  private SenderReport report(MediaTime pictureTime) {
    Instant taken = Instant.now().minus(MediaTime.now().since(pictureTime));
    return new SenderReport(packetizer.senderState(), taken, cname);
  }
}
