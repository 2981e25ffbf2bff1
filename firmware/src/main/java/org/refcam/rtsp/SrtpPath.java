// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.refcam.rtp.RtpPackets;
import org.refcam.rtp.SrtpSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SRTP datagrams to one viewer. Queued are the stream's shared packets themselves; a packet is
 * encrypted into one small buffer only when it is sent, so a viewer costs no copy of a picture.
 *
 * <p>Datagrams go out in bursts of {@value #BURST} every {@value #INTERVAL_MILLIS} ms, at most
 * about 90 Mbit/s, because the usual receive buffer of a player holds less than a large IDR.
 *
 * <p>Confined to the viewer's event loop.
 */
final class SrtpPath implements MediaPath {
  static final int BURST = 16;
  static final int INTERVAL_MILLIS = 2;

  /** Beyond this a viewer waits for the next IDR, as on a connection. */
  static final int QUEUED_MAX = 384 * 1024;

  private static final Logger log = LoggerFactory.getLogger(SrtpPath.class);
  private static final int DATAGRAM_MAX = 2_048;

  /** Sends datagrams to one viewer. */
  interface Wire {
    /**
     * @return false if the kernel's queue is full and the datagram was not taken
     */
    boolean rtp(ByteBuffer datagram) throws IOException;

    boolean rtcp(ByteBuffer datagram) throws IOException;

    /** No datagram is sent or received for the viewer any more. */
    void close();
  }

  private final SrtpSender sender;
  private final Wire wire;
  private final EventLoop loop;
  private final ByteBuffer datagram = ByteBuffer.allocate(DATAGRAM_MAX);
  private final ArrayDeque<RtpPackets> queue = new ArrayDeque<>();
  private int at; // of the queue's first picture
  private int queued;
  private boolean ready; // datagram holds a packet that the kernel did not take
  private boolean scheduled;
  private boolean closed;

  SrtpPath(SrtpSender sender, Wire wire, EventLoop loop) {
    this.sender = sender;
    this.wire = wire;
    this.loop = loop;
  }

  int ssrc() {
    return sender.ssrc();
  }

  @Override
  public boolean writable() {
    return !closed && queued < QUEUED_MAX;
  }

  @Override
  public void picture(SharedPackets picture) {
    if (closed) {
      return;
    }
    queue.add(picture.packets());
    queued += picture.packets().size();
    if (!scheduled) {
      burst();
    }
  }

  @Override
  public void report(SenderReport report) {
    control(report.of(sender.state(report.stream())));
  }

  @Override
  public void bye(SenderReport last) {
    control(sender.state(last.stream()).bye());
  }

  @Override
  public void flush() {
    queue.clear();
    queued = 0;
    at = 0;
    ready = false;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      flush();
      wire.close();
      sender.close();
    }
  }

  private void control(RtpPackets packet) {
    ByteBuffer out = ByteBuffer.allocate(packet.size() + SrtpSender.OVERHEAD);
    if (closed || !sender.protectReport(packet, out)) {
      return;
    }
    try {
      wire.rtcp(out);
    } catch (IOException e) {
      log.debug("a report is lost: {}", e.toString());
    }
  }

  private void burst() {
    scheduled = false;
    try {
      for (int sent = 0; sent < BURST && !queue.isEmpty(); sent++) {
        if (!sendNext()) {
          break;
        }
      }
    } catch (IOException e) {
      log.debug("a packet is lost: {}", e.toString());
      advance();
    }
    if (!queue.isEmpty() && !closed) {
      scheduled = true;
      loop.schedule(this::burst, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean sendNext() throws IOException {
    if (!ready && !sender.protect(queue.getFirst(), at, datagram)) {
      close(); // the key is used up
      return false;
    }
    ready = true;
    if (!wire.rtp(datagram)) {
      return false;
    }
    advance();
    return true;
  }

  private void advance() {
    ready = false;
    if (queue.isEmpty()) {
      return;
    }
    at = queue.getFirst().after(at);
    if (at < 0) {
      at = 0;
      queued -= queue.removeFirst().size();
    }
  }
}
