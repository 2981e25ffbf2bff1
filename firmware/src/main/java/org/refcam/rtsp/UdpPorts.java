// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.refcam.rtp.ReceiverFeedback;
import org.refcam.rtp.SrtcpReceiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one pair of UDP ports of SRTP, for all viewers. It is open only while somebody watches by
 * SRTP. Viewers send on their own event loops; reports are checked on one of them.
 *
 * <p>INV-RTSP-2. Datagrams go only to the address at the other end of an authenticated TLS
 * connection, to unprivileged ports that no other session has, and only while its session lasts.
 * Holds against anyone who would aim the camera at a third party or at another viewer. Does not
 * hold where several hosts share one address: such a host may aim at its neighbour's ports.
 *
 * <p>Guarded by its monitor, but for the table of receivers.
 */
final class UdpPorts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UdpPorts.class);
  private static final int SEND_BUFFER = 512 * 1024;
  private static final int RECEIVE_BUFFER = 64 * 1024;
  private static final int PAIR_TRIES = 64;

  private final InetSocketAddress bind;
  private final int firstPort;
  private final EventLoopGroup loops;
  private final Map<InetSocketAddress, Peer> peers = new ConcurrentHashMap<>(); // by RTCP address
  private @Nullable Pair open;

  /** Both sockets, and the loop that reads reports. */
  private record Pair(DatagramChannel rtp, DatagramChannel rtcp, NioDatagramChannel reader) {
    void close() {
      reader.close(); // and rtcp with it
      try {
        rtp.close();
      } catch (IOException e) {
        log.debug("closing: {}", e.toString());
      }
    }
  }

  /** Whose reports come from an address. */
  private record Peer(
      InetSocketAddress rtp,
      Optional<SrtcpReceiver> receiver,
      Consumer<ReceiverFeedback> onFeedback) {}

  /**
   * @param bind address to send from; its port is not looked at
   * @param firstPort the RTP port; RTCP has the next. 0 finds a free pair when it is opened
   */
  UdpPorts(InetSocketAddress bind, int firstPort, EventLoopGroup loops) {
    this.bind = bind;
    this.firstPort = firstPort;
    this.loops = loops;
  }

  /**
   * A viewer's way out.
   *
   * @param receiver for its reports; closed with the wire, or with a refusal
   * @param onFeedback called on an event loop for each authentic report
   * @return empty if another session sends to that address already
   * @throws IOException if the ports cannot be bound
   */
  Optional<SrtpPath.Wire> connect(
      InetAddress peer,
      TransportChoice.Srtp ports,
      Optional<SrtcpReceiver> receiver,
      Consumer<ReceiverFeedback> onFeedback)
      throws IOException {
    InetSocketAddress rtp = new InetSocketAddress(peer, ports.rtpPort());
    InetSocketAddress rtcp = new InetSocketAddress(peer, ports.rtcpPort());
    synchronized (this) {
      boolean taken =
          peers.entrySet().stream()
              .anyMatch(
                  e ->
                      e.getKey().equals(rtp)
                          || e.getKey().equals(rtcp)
                          || e.getValue().rtp.equals(rtp)
                          || e.getValue().rtp.equals(rtcp));
      if (taken) {
        receiver.ifPresent(SrtcpReceiver::close);
        return Optional.empty();
      }
      if (open == null) {
        open = open();
      }
      peers.put(rtcp, new Peer(rtp, receiver, onFeedback));
      return Optional.of(new PeerWire(open, rtp, rtcp));
    }
  }

  /** The bound pair's first port, while it is open. */
  synchronized Optional<Integer> boundPort() {
    return Optional.ofNullable(open).map(pair -> pair.rtp.socket().getLocalPort());
  }

  @Override
  public synchronized void close() {
    if (open != null) {
      open.close();
      open = null;
    }
    peers.clear();
  }

  private synchronized void leave(InetSocketAddress rtcp) {
    peers.remove(rtcp);
    if (peers.isEmpty() && open != null) {
      open.close();
      open = null;
    }
  }

  private Pair open() throws IOException {
    IOException last = new IOException("no pair of UDP ports");
    for (int i = 0; i < (firstPort == 0 ? PAIR_TRIES : 1); i++) {
      DatagramChannel rtp = DatagramChannel.open();
      DatagramChannel rtcp = DatagramChannel.open();
      try {
        rtp.bind(new InetSocketAddress(bind.getAddress(), firstPort));
        int port = rtp.socket().getLocalPort();
        if (firstPort != 0 || port % 2 == 0 && port < 65_535) {
          rtcp.bind(new InetSocketAddress(bind.getAddress(), port + 1));
          return pair(rtp, rtcp);
        }
      } catch (IOException e) {
        last = e;
      }
      rtp.close();
      rtcp.close();
    }
    throw new IOException("cannot send SRTP from UDP port " + firstPort, last);
  }

  private Pair pair(DatagramChannel rtp, DatagramChannel rtcp) throws IOException {
    rtp.configureBlocking(false);
    rtp.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    rtp.setOption(StandardSocketOptions.SO_RCVBUF, 1); // nobody reads here: the kernel's least
    rtcp.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
    NioDatagramChannel reader = new NioDatagramChannel(rtcp);
    reader
        .config()
        .setOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(SrtcpReceiver.DATAGRAM_MAX + 1));
    reader
        .pipeline()
        .addLast(
            new ChannelInitializer<NioDatagramChannel>() {
              @Override
              protected void initChannel(NioDatagramChannel channel) {
                channel.pipeline().addLast(new Reports());
              }
            });
    EventLoop loop = loops.next();
    loop.register(reader);
    return new Pair(rtp, rtcp, reader);
  }

  /** Reads reports; whatever is not a known viewer's authentic one is dropped without a word. */
  private final class Reports extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      Peer from = peers.get(packet.sender());
      if (from == null || from.receiver.isEmpty()) {
        return;
      }
      SrtcpReceiver receiver = from.receiver.get();
      ByteBuf content = packet.content();
      ByteBuffer datagram = content.nioBuffer();
      if (receiver.open(datagram) == SrtcpReceiver.Result.OK) {
        ReceiverFeedback.read(receiver.opened()).ifPresent(from.onFeedback);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      log.debug("reports: {}", cause.toString());
    }
  }

  private final class PeerWire implements SrtpPath.Wire {
    private final Pair pair;
    private final InetSocketAddress rtp;
    private final InetSocketAddress rtcp;
    private boolean closed;

    PeerWire(Pair pair, InetSocketAddress rtp, InetSocketAddress rtcp) {
      this.pair = pair;
      this.rtp = rtp;
      this.rtcp = rtcp;
    }

    @Override
    public boolean rtp(ByteBuffer datagram) throws IOException {
      return pair.rtp.send(datagram, rtp) > 0;
    }

    @Override
    public boolean rtcp(ByteBuffer datagram) throws IOException {
      return pair.rtcp.send(datagram, rtcp) > 0;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        Optional.ofNullable(peers.get(rtcp))
            .flatMap(Peer::receiver)
            .ifPresent(SrtcpReceiver::close);
        leave(rtcp);
      }
    }
  }
}
