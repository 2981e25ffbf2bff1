// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.refcam.identity.DeviceIdentity;
import org.refcam.stream.Streams;
import org.refcam.stream.Subscription;
import org.refcam.stream.VideoStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The RTSP door. Thread safe; connections live on its event loops. */
public final class RtspServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RtspServer.class);
  private static final int LOOPS =
      Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));

  /** A viewer holds at most about this much unsent, three quarters of a second of a fast stream. */
  private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(64 * 1024, 384 * 1024);

  private final RtspSettings settings;
  private final SSLContext tls;
  private final RtspGate gate;
  private final SecureRandom random;
  private final Map<String, StreamFeed> feeds = new LinkedHashMap<>();
  private final MetadataFeed metadata;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
  private final Guests guests;
  private final UdpPorts udp;
  private final ReplayDesk replays;
  private @Nullable Channel tlsDoor;
  private @Nullable Channel plainDoor;

  public RtspServer(
      RtspSettings settings,
      SSLContext tls,
      Streams streams,
      RtspGate gate,
      Replays recordings,
      String cname,
      SecureRandom random) {
    this.replays = new ReplayDesk(recordings);
    this.settings = settings;
    this.tls = tls;
    this.gate = gate;
    this.random = random;
    this.guests = new Guests(settings.connectionsMax(), settings.strangersMax());
    this.udp = new UdpPorts(new InetSocketAddress(settings.bind(), 0), settings.srtpPort(), loops);
    metadata = new MetadataFeed(cname, random);
    for (VideoStream stream : streams.all()) {
      feeds.put(stream.name(), new StreamFeed(stream, cname, random));
    }
  }

  /**
   * Opens the doors.
   *
   * @throws IOException naming the port that could not be bound
   */
  public void start() throws IOException {
    for (StreamFeed feed : feeds.values()) {
      subscriptions.add(feed.stream().subscribe(feed));
    }
    tlsDoor = open(settings.port(), true);
    if (settings.plainPort().isPresent()) {
      plainDoor = open(settings.plainPort().get(), false);
      log.warn("plain RTSP is on: whoever sees the network sees the pictures");
    }
  }

  /**
   * Names who tells how everything stands, as a document of ONVIF metadata, whenever a viewer of
   * metadata begins; called on an event loop.
   */
  public void metadataStates(Supplier<byte[]> teller) {
    metadata.states(teller);
  }

  /** Whether anybody is sent metadata, so that documents are worth making. */
  public boolean metadataWatched() {
    return metadata.watched();
  }

  /** Sends a document of ONVIF metadata, of at most 64 KiB, to all its viewers; never waits. */
  public void publishMetadata(byte[] document) {
    metadata.publish(document);
  }

  /** The bound port of RTSP over TLS. */
  public int port() {
    return boundPort(tlsDoor).orElseThrow(() -> new IllegalStateException("not started"));
  }

  /** The bound port of plain RTSP, where it is on. */
  public Optional<Integer> plainPort() {
    return boundPort(plainDoor);
  }

  /** The UDP port of SRTP, with SRTCP on the next; 0 finds a free pair when somebody watches so. */
  public int srtpPort() {
    return settings.srtpPort();
  }

  /**
   * Serves one connection whose bytes travel in messages of another protocol, such as WebSocket.
   *
   * @param peer who is at the other end
   * @param sink where the camera's bytes go
   */
  public RtspTunnel openTunnel(InetAddress peer, RtspTunnel.MessageSink sink) {
    return new RtspTunnel(
        loops.next(),
        peer,
        sink,
        outlet ->
            new RtspConversation(
                outlet,
                gate,
                feeds,
                metadata,
                settings,
                Optional.empty(),
                Optional.of(replays),
                random,
                () -> {}));
  }

  /** Says goodbye to viewers, closes the doors and waits for the loops, at most two seconds. */
  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    feeds.values().forEach(StreamFeed::ended);
    for (Channel door : new Channel[] {tlsDoor, plainDoor}) {
      if (door != null) {
        door.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
      }
    }
    udp.close();
    replays.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  private static Optional<Integer> boundPort(@Nullable Channel door) {
    return door == null
        ? Optional.empty()
        : Optional.of(((InetSocketAddress) door.localAddress()).getPort());
  }

  private Channel open(int port, boolean encrypted) throws IOException {
    ServerBootstrap door =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 256)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    admit(channel, encrypted);
                  }
                });
    try {
      return door.bind(settings.bind(), port).syncUninterruptibly().channel();
    } catch (RuntimeException e) {
      throw new IOException("cannot serve RTSP on " + settings.bind() + ":" + port, e);
    }
  }

  private void admit(SocketChannel channel, boolean encrypted) {
    if (!guests.admit(channel)) {
      channel.close();
      return;
    }
    channel.closeFuture().addListener(closed -> guests.gone(channel));
    if (encrypted) {
      SSLEngine engine = tls.createSSLEngine();
      engine.setUseClientMode(false);
      engine.setEnabledProtocols(DeviceIdentity.protocols());
      engine.setEnabledCipherSuites(DeviceIdentity.cipherSuites());
      SslHandler handler = new SslHandler(engine);
      handler.setHandshakeTimeout(settings.authenticateWithin().toMillis(), TimeUnit.MILLISECONDS);
      channel.pipeline().addLast(handler);
    }
    channel.pipeline().addLast(new Connection(encrypted));
  }

  /** Bridges a socket to its conversation. */
  private final class Connection extends ChannelInboundHandlerAdapter {
    private final boolean encrypted;
    private @Nullable RtspConversation conversation;

    Connection(boolean encrypted) {
      this.encrypted = encrypted;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      Channel channel = context.channel();
      conversation =
          new RtspConversation(
              new SocketOutlet(context, encrypted),
              gate,
              feeds,
              metadata,
              settings,
              encrypted ? Optional.of(udp) : Optional.empty(),
              encrypted ? Optional.of(replays) : Optional.empty(),
              random,
              () -> guests.authenticated(channel));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      try {
        if (conversation != null) {
          for (ByteBuffer part : bytes.nioBuffers()) {
            conversation.receive(part);
          }
        }
      } finally {
        bytes.release();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (conversation != null) {
        conversation.close();
      }
    }

    /** A broken handshake or a reset: the peer's doing, not worth more than a line. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      log.debug("{}: {}", context.channel().remoteAddress(), cause.toString());
      context.close();
    }
  }

  private record SocketOutlet(ChannelHandlerContext context, boolean heapPreferred)
      implements Outlet {
    @Override
    public void write(ByteBuf bytes) {
      context.writeAndFlush(bytes, context.voidPromise());
    }

    @Override
    public boolean writable() {
      return context.channel().isWritable();
    }

    @Override
    public void close() {
      context.close();
    }

    @Override
    public EventLoop eventLoop() {
      return context.channel().eventLoop();
    }

    @Override
    public InetAddress peer() {
      return ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    }
  }
}
