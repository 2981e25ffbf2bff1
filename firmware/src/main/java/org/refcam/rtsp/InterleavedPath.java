// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.Unpooled;

/**
 * Packets among the answers on the RTSP connection itself (RFC 2326, 10.12). Confined to the
 * outlet's event loop.
 */
record InterleavedPath(Outlet outlet, int rtpChannel, int rtcpChannel) implements MediaPath {
  @Override
  public boolean writable() {
    return outlet.writable();
  }

  @Override
  public void picture(SharedPackets picture) {
    outlet.write(picture.view(rtpChannel, outlet.heapPreferred()));
  }

  @Override
  public void report(SenderReport report) {
    outlet.write(Unpooled.wrappedBuffer(report.of(report.stream()).interleaved(rtcpChannel)));
  }

  @Override
  public void bye(SenderReport last) {
    outlet.write(Unpooled.wrappedBuffer(last.stream().bye().interleaved(rtcpChannel)));
  }

  /** What the socket has taken cannot be taken back. */
  @Override
  public void flush() {}

  @Override
  public void close() {}
}
