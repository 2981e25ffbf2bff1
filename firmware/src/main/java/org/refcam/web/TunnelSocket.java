// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.refcam.web.RtspTunnels.MessageSink;
import org.refcam.web.RtspTunnels.Tunnel;

/**
 * RTSP and RTP inside binary messages, as the ONVIF Streaming Specification describes it
 * (5.1.1.2.5, subprotocol {@code rtsp.onvif.org}). Messages arrive one at a time on Jetty's
 * threads; sending is safe from any thread and never blocks.
 */
public final class TunnelSocket implements Session.Listener.AutoDemanding {
  /** Beyond this the tunnel should leave media out. */
  private static final long WRITABLE_BELOW = 512 * 1024;

  /** Beyond this the peer is given up: answers alone never make so much. */
  private static final long MOST_QUEUED = 4 * 1024 * 1024;

  private static final int UNSUPPORTED = 1003;
  private static final int NORMAL = 1000;

  private final RtspTunnels tunnels;
  private final InetAddress peer;
  private @Nullable Tunnel tunnel;
  private @Nullable Session session;

  TunnelSocket(RtspTunnels tunnels, InetAddress peer) {
    this.tunnels = tunnels;
    this.peer = peer;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    tunnel = tunnels.open(peer, new Sink(opened));
  }

  @Override
  public void onWebSocketBinary(ByteBuffer message, Callback callback) {
    Tunnel to = tunnel;
    if (to != null) {
      to.receive(message);
    }
    callback.succeed();
  }

  @Override
  public void onWebSocketText(String message) {
    Tunnel to = tunnel;
    if (to != null) {
      to.close();
    }
    Session opened = session;
    if (opened != null) {
      opened.close(UNSUPPORTED, "RTSP travels in binary messages", Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    release();
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason) {
    release();
  }

  private void release() {
    Tunnel held = tunnel;
    tunnel = null;
    if (held != null) {
      held.close();
    }
  }

  private static final class Sink implements MessageSink {
    private final Session session;
    private final AtomicLong queued = new AtomicLong();

    Sink(Session session) {
      this.session = session;
    }

    @Override
    public void send(ByteBuffer message) {
      int length = message.remaining();
      if (queued.addAndGet(length) > MOST_QUEUED) {
        session.disconnect();
        return;
      }
      session.sendBinary(
          message, Callback.from(() -> queued.addAndGet(-length), failure -> session.disconnect()));
    }

    @Override
    public boolean writable() {
      return queued.get() < WRITABLE_BELOW;
    }

    @Override
    public void close() {
      session.close(NORMAL, "", Callback.NOOP);
    }
  }
}
