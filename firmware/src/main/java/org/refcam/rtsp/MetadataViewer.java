// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import org.refcam.rtp.RtpPackets;

/**
 * One session's metadata, among the answers on its own connection. A document that the connection
 * cannot take is left out whole. Confined to the connection's event loop.
 */
record MetadataViewer(Outlet outlet, MetadataFeed feed, int rtpChannel, int rtcpChannel) {
  EventLoop eventLoop() {
    return outlet.eventLoop();
  }

  void play() {
    feed.add(this);
  }

  void pause() {
    feed.remove(this);
  }

  /** The report goes with each document: they are few, and players need the wall clock. */
  void deliver(RtpPackets packets, SenderReport report) {
    if (outlet.writable()) {
      outlet.write(Unpooled.wrappedBuffer(report.of(report.stream()).interleaved(rtcpChannel)));
      outlet.write(Unpooled.wrappedBuffer(packets.interleaved(rtpChannel)));
    }
  }
}
