// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * RTSP inside another protocol's messages, as ONVIF's streaming specification does with WebSocket.
 * The same conversation as on a socket. Methods may be called from any thread.
 */
public final class RtspTunnel implements AutoCloseable {

  /** Where the camera's bytes go. Called on an event loop, so no method may block. */
  public interface MessageSink {
    /** Queues one message; the bytes are the sink's to keep. */
    void send(ByteBuffer message);

    /** Whether another picture may be queued. */
    boolean writable();

    /** Ends the carrying connection. */
    void close();
  }

  private final EventLoop loop;
  private final RtspConversation conversation;

  RtspTunnel(
      EventLoop loop,
      InetAddress peer,
      MessageSink sink,
      Function<Outlet, RtspConversation> conversations) {
    this.loop = loop;
    this.conversation = conversations.apply(new SinkOutlet(sink, loop, peer));
  }

  /** Takes one message's bytes, which it copies. */
  public void receive(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    loop.execute(() -> conversation.receive(ByteBuffer.wrap(bytes)));
  }

  /** The carrying connection is gone. Idempotent. */
  @Override
  public void close() {
    loop.execute(conversation::close);
  }

  private record SinkOutlet(MessageSink sink, EventLoop eventLoop, InetAddress peer)
      implements Outlet {
    @Override
    public void write(ByteBuf bytes) {
      byte[] message = new byte[bytes.readableBytes()];
      bytes.readBytes(message);
      bytes.release();
      sink.send(ByteBuffer.wrap(message));
    }

    @Override
    public boolean writable() {
      return sink.writable();
    }

    @Override
    public boolean heapPreferred() {
      return true;
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
