// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.refcam.rtsp.RtspServer;
import org.refcam.rtsp.RtspTunnel;
import org.refcam.web.RtspTunnels;

/** RTSP inside the WebSockets of the web door. Safe from any thread. */
final class TunnelDoor implements RtspTunnels {
  private final RtspServer rtsp;

  TunnelDoor(RtspServer rtsp) {
    this.rtsp = rtsp;
  }

  @Override
  public Tunnel open(InetAddress peer, MessageSink sink) {
    RtspTunnel tunnel = rtsp.openTunnel(peer, new Sink(sink));
    return new Tunnel() {
      @Override
      public void receive(ByteBuffer message) {
        tunnel.receive(message);
      }

      @Override
      public void close() {
        tunnel.close();
      }
    };
  }

  private record Sink(MessageSink sink) implements RtspTunnel.MessageSink {
    @Override
    public void send(ByteBuffer message) {
      sink.send(message);
    }

    @Override
    public boolean writable() {
      return sink.writable();
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
