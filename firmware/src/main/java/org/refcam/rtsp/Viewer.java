// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.rtp.RtpPackets;
import org.refcam.stream.BackpressureGate;
import org.refcam.stream.Subscription;

/** One playing session's end of a stream. Confined to its connection's event loop. */
final class Viewer {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration STUCK = Duration.ofSeconds(30);

  private final Outlet outlet;
  private final StreamFeed feed;
  private final int rtpChannel;
  private final int rtcpChannel;
  private final BackpressureGate gate = new BackpressureGate();
  private final Subscription counted;
  private MediaTime reported = new MediaTime(Long.MIN_VALUE / 2);
  private MediaTime lastWritable = MediaTime.now();

  Viewer(Outlet outlet, StreamFeed feed, int rtpChannel, int rtcpChannel) {
    this.outlet = outlet;
    this.feed = feed;
    this.rtpChannel = rtpChannel;
    this.rtcpChannel = rtcpChannel;
    this.counted = feed.stream().countViewer();
  }

  EventLoop eventLoop() {
    return outlet.eventLoop();
  }

  /** Begins or resumes at the next IDR. */
  void play() {
    gate.reset();
    lastWritable = MediaTime.now();
    feed.add(this);
  }

  void pause() {
    feed.remove(this);
  }

  void close() {
    feed.remove(this);
    counted.close();
  }

  /**
   * Writes the picture if the viewer can take it; one that has taken nothing for 30 s is cut off.
   *
   * @return whether an IDR would help this viewer now
   */
  boolean deliver(AccessUnit unit, SharedPackets picture, RtpPackets report) {
    boolean writable = outlet.writable();
    MediaTime now = unit.time();
    if (writable) {
      lastWritable = MediaTime.now();
    } else if (MediaTime.now().since(lastWritable).compareTo(STUCK) > 0) {
      outlet.close();
      return false;
    }
    if (gate.admit(unit, writable)) {
      // the report goes first: players that learn the wall clock later shift their time line
      if (now.since(reported).compareTo(REPORT_INTERVAL) >= 0) {
        reported = now;
        outlet.write(Unpooled.wrappedBuffer(report.interleaved(rtcpChannel)));
      }
      outlet.write(picture.view(rtpChannel, outlet.heapPreferred()));
    }
    return writable && gate.waiting();
  }

  void end(RtpPackets bye) {
    outlet.write(Unpooled.wrappedBuffer(bye.interleaved(rtcpChannel)));
    outlet.close();
  }
}
