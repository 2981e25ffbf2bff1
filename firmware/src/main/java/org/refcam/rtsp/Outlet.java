// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetAddress;

/** The way out of a connection: a socket, or a WebSocket. Confined to its event loop. */
interface Outlet {
  /** Queues bytes and sends them; takes ownership. */
  void write(ByteBuf bytes);

  /** Whether another picture may be queued. */
  boolean writable();

  /** Whether bytes are encrypted above the socket, so that heap buffers serve better. */
  boolean heapPreferred();

  void close();

  EventLoop eventLoop();

  InetAddress peer();
}
