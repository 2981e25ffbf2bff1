// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.channel.EventLoop;
import java.time.Duration;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;
import org.refcam.stream.BackpressureGate;
import org.refcam.stream.Subscription;

/** One playing session's end of a stream. Confined to its connection's event loop. */
final class Viewer {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration STUCK = Duration.ofSeconds(30);

  private final Outlet outlet;
  private final StreamFeed feed;
  private final MediaPath path;
  private final BackpressureGate gate = new BackpressureGate();
  private final Subscription counted;
  private MediaTime reported = new MediaTime(Long.MIN_VALUE / 2);
  private MediaTime lastWritable = MediaTime.now();

  /**
   * @param path closed with this viewer
   */
  Viewer(Outlet outlet, StreamFeed feed, MediaPath path) {
    this.outlet = outlet;
    this.feed = feed;
    this.path = path;
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
    path.flush();
  }

  void close() {
    feed.remove(this);
    counted.close();
    path.close();
  }

  /**
   * Writes the picture if the viewer can take it; one that has taken nothing for 30 s is cut off.
   *
   * @return whether an IDR would help this viewer now
   */
  boolean deliver(AccessUnit unit, SharedPackets picture, SenderReport report) {
    boolean writable = path.writable();
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
        path.report(report);
      }
      path.picture(picture);
    }
    return writable && gate.waiting();
  }

  void end(SenderReport last) {
    path.bye(last);
    outlet.close();
  }
}
