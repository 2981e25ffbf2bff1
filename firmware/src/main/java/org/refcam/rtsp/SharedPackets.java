// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.refcam.rtp.RtpPackets;

/**
 * One access unit's packets for all viewers of one event loop: a direct copy for plain sockets,
 * which the kernel reads as it is, and the heap bytes for TLS, whose cipher is quicker there. Made
 * when the first viewer needs it. Confined to an event loop; {@link #release} when all viewers have
 * written.
 */
final class SharedPackets {
  private final RtpPackets packets;
  private final ByteBufAllocator allocator;
  private final Map<Integer, ByteBuf> direct = new HashMap<>(2);
  private final Map<Integer, ByteBuffer> heap = new HashMap<>(2);

  SharedPackets(RtpPackets packets, ByteBufAllocator allocator) {
    this.packets = packets;
    this.allocator = allocator;
  }

  /** The packets themselves, for a viewer who makes datagrams of them. */
  RtpPackets packets() {
    return packets;
  }

  /** A view that the caller owns and writes. */
  ByteBuf view(int channel, boolean tls) {
    ByteBuffer bytes = heap.computeIfAbsent(channel, packets::interleaved);
    if (tls) {
      return Unpooled.wrappedBuffer(bytes);
    }
    return direct
        .computeIfAbsent(
            channel, c -> allocator.directBuffer(bytes.remaining()).writeBytes(bytes.duplicate()))
        .retainedDuplicate();
  }

  void release() {
    direct.values().forEach(ByteBuf::release);
    direct.clear();
  }
}
