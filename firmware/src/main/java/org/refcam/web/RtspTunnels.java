// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Serves RTSP inside WebSocket messages; the authentication is RTSP's own. */
@FunctionalInterface
public interface RtspTunnels {
  Tunnel open(InetAddress peer, MessageSink sink);

  /** The RTSP end of one tunnel; called by one thread at a time. */
  interface Tunnel {
    /** Takes one message; the buffer is the callee's only until it returns. */
    void receive(ByteBuffer message);

    void close();
  }

  /** The WebSocket end of one tunnel; safe from any thread. */
  interface MessageSink {
    /** Queues one binary message; the buffer must not change afterwards. */
    void send(ByteBuffer message);

    /** Whether the peer keeps up; while it does not, media should be left out. */
    boolean writable();

    void close();
  }
}
