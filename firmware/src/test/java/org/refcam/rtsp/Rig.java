// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.refcam.codec.AccessUnits;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.stream.VideoStream;

/** One stream and conversations about it, without sockets for RTSP itself. */
final class Rig implements AutoCloseable {
  static final InetAddress PEER = InetAddress.getLoopbackAddress();
  private static final String PARAMETER_SETS =
      "00000001" + "6742c0288c8d403c0113f2c03c2211a8" + "00000001" + "68ce3c80";

  final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  final UdpPorts udp = new UdpPorts(new InetSocketAddress(PEER, 0), 0, loops);
  final AtomicBoolean clientKnown = new AtomicBoolean(true);
  final AtomicInteger keyFramesAsked = new AtomicInteger();
  final StreamFeed feed;
  final MetadataFeed metadata = new MetadataFeed("camera", new SecureRandom());
  Optional<ReplayDesk> desk = Optional.empty();
  private final VideoStream stream;
  private int pictures;

  Rig() {
    stream = new VideoStream("main", FrameRate.of(30), keyFramesAsked::incrementAndGet);
    feed = new StreamFeed(stream, "camera", new SecureRandom());
    stream.subscribe(feed);
    publish(true);
  }

  /** Sends one picture through the stream and waits until the loops have seen it. */
  AccessUnit publish(boolean idr) {
    AccessUnit unit = picture(idr, MediaTime.now(), pictures++);
    stream.accept(unit);
    settle();
    return unit;
  }

  static AccessUnit picture(boolean idr, MediaTime time, long number) {
    byte[] slice = new byte[5_000];
    new SecureRandom().nextBytes(slice);
    for (int i = 0; i < slice.length; i++) {
      slice[i] |= 1; // no start code
    }
    byte[] before = HexFormat.of().parseHex((idr ? PARAMETER_SETS : "") + "00000001");
    ByteBuffer annexB = ByteBuffer.allocate(before.length + 1 + slice.length);
    annexB.put(before).put((byte) (idr ? 0x65 : 0x61)).put(slice);
    return AccessUnits.of(annexB.array(), time, number);
  }

  void settle() {
    loops.forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
  }

  Client client(boolean srtpServed) {
    return new Client(srtpServed);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  /** The far end of one conversation. */
  final class Client implements Outlet, AutoCloseable {
    final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    final AtomicBoolean closed = new AtomicBoolean();
    final AtomicBoolean writable = new AtomicBoolean(true);
    private final EventLoop loop = loops.next();
    private final RtspConversation conversation;
    private String session = "";

    Client(boolean srtpServed) {
      RtspSettings settings =
          new RtspSettings(
              "127.0.0.1",
              0,
              Optional.empty(),
              0,
              Duration.ofSeconds(60),
              Duration.ofSeconds(60),
              10,
              5);
      conversation =
          new RtspConversation(
              this,
              new Gate(),
              Map.of("main", feed),
              metadata,
              settings,
              srtpServed ? Optional.of(udp) : Optional.empty(),
              desk,
              new SecureRandom(),
              () -> {});
    }

    /** One request and the text of its answer. */
    String request(String method, String path, String... headers) {
      StringBuilder text = new StringBuilder(method + " rtsps://camera" + path + " RTSP/1.0\r\n");
      text.append("CSeq: 1\r\nAuthorization: right\r\n");
      if (!session.isEmpty()) {
        text.append("Session: ").append(session).append("\r\n");
      }
      List.of(headers).forEach(header -> text.append(header).append("\r\n"));
      received.clear();
      send(text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      settle();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      received.stream().filter(part -> part[0] == 'R').forEach(answer::writeBytes);
      String all = answer.toString(StandardCharsets.US_ASCII);
      if (all.contains("\r\nSession: ")) {
        session = all.split("\r\nSession: ", 2)[1].split("[;\r]", 2)[0];
      }
      return all;
    }

    void send(byte[] bytes) {
      loop.submit(() -> conversation.receive(ByteBuffer.wrap(bytes))).syncUninterruptibly();
    }

    void forgetSession() {
      session = "";
    }

    @Override
    public void write(ByteBuf bytes) {
      byte[] copy = new byte[bytes.readableBytes()];
      bytes.readBytes(copy);
      bytes.release();
      received.add(copy);
    }

    @Override
    public boolean writable() {
      return writable.get();
    }

    @Override
    public boolean heapPreferred() {
      return true;
    }

    @Override
    public void close() {
      closed.set(true);
      if (loop.inEventLoop()) {
        conversation.close();
      } else {
        loop.submit(conversation::close).syncUninterruptibly();
      }
    }

    @Override
    public EventLoop eventLoop() {
      return loop;
    }

    @Override
    public InetAddress peer() {
      return PEER;
    }
  }

  private final class Gate implements RtspGate {
    @Override
    public boolean open() {
      return true;
    }

    @Override
    public List<String> challenges(boolean stale) {
      return List.of("Digest realm=\"x\"");
    }

    @Override
    public Verdict verify(String authorization, String method, String uri, InetAddress peer) {
      return authorization.equals("right")
          ? new Verdict(Outcome.OK, "client-1")
          : new Verdict(Outcome.REJECTED, "");
    }

    @Override
    public boolean known(String client) {
      return clientKnown.get();
    }
  }
}
