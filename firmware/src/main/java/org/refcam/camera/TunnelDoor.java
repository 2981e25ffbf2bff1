// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.refcam.rtsp.RtspServer;
import org.refcam.rtsp.RtspTunnel;
import org.refcam.web.RtspTunnels;

/** RTSP over the web door's WebSockets. Stateless. */
final class TunnelDoor {
  private TunnelDoor() {}

  static RtspTunnels.Tunnel open(RtspServer rtsp, InetAddress peer, RtspTunnels.MessageSink sink) {
    RtspTunnel tunnel =
        rtsp.openTunnel(
            peer,
            new RtspTunnel.MessageSink() {
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
            });
    return new RtspTunnels.Tunnel() {
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
}
