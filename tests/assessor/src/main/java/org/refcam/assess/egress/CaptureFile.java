// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.refcam.assess.egress.CaptureException.Reason;

/**
 * Reads the packets of a capture, which may be hostile: memory is one packet, whatever the file
 * says.
 *
 * <pre>
 *  classic: | magic | 2.4 | 0 | 0 | snap length | link |   then for each packet
 *           | seconds | micro- or nanoseconds | captured n | on the wire | n bytes |
 *  pcapng:  {@link Blocks}
 * </pre>
 *
 * <p>All numbers in the order of the machine that wrote it; the magic tells. Source:
 * draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng. Stateless.
 */
final class CaptureFile {
  /** More captured bytes of one packet are no packet. */
  static final int PACKET_MAX = 1 << 18;

  /** What is read at most of one file; the rest is named as not looked at. */
  static final long FILE_MAX = 4L << 30;

  static final long PACKETS_MAX = 20_000_000;

  private static final int RECORD = 16;
  private static final int CLASSIC_HEAD = 24;

  private CaptureFile() {}

  /** How a reading ended. */
  enum Ending {
    WHOLE,
    /** The file ends inside a packet, as when a capture was killed: what came before counts. */
    BROKEN_OFF,
    /** {@link #FILE_MAX} or {@link #PACKETS_MAX} was reached. */
    LIMIT
  }

  /**
   * Reads all packets.
   *
   * @throws CaptureException if it is no capture, or contradicts itself
   */
  static Ending read(Path file, PacketSink sink) throws IOException, CaptureException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(new Source(in), sink);
    }
  }

  static Ending read(Source in, PacketSink sink) throws IOException, CaptureException {
    Optional<ByteBuffer> magic = in.next(4);
    if (magic.isEmpty()) {
      throw new CaptureException(Reason.NOT_A_CAPTURE, 0, "the file is empty");
    }
    int word = magic.get().getInt(0);
    if (word == Blocks.SECTION) {
      return new Blocks(in, sink).read();
    }
    boolean nanos = word == 0xa1b23c4d || word == 0x4d3cb2a1;
    ByteOrder order =
        switch (word) {
          case 0xa1b2c3d4, 0xa1b23c4d -> ByteOrder.BIG_ENDIAN;
          case 0xd4c3b2a1, 0x4d3cb2a1 -> ByteOrder.LITTLE_ENDIAN;
          default ->
              throw new CaptureException(
                  Reason.NOT_A_CAPTURE, 0, "neither a pcap nor a pcapng file");
        };
    return classic(in, sink, order, nanos ? 1000 : 1);
  }

  private static Ending classic(Source in, PacketSink sink, ByteOrder order, int perMicro)
      throws IOException, CaptureException {
    Optional<ByteBuffer> head = in.next(CLASSIC_HEAD - 4);
    if (head.isEmpty()) {
      throw new CaptureException(Reason.NOT_A_CAPTURE, in.at(), "the file ends in its header");
    }
    int link = head.get().order(order).getInt(16) & 0xffff;
    while (in.within()) {
      Optional<ByteBuffer> record = in.next(RECORD);
      if (record.isEmpty()) {
        return in.ended() ? Ending.WHOLE : Ending.BROKEN_OFF;
      }
      ByteBuffer facts = record.get().order(order);
      long micros =
          (facts.getInt(0) & 0xffffffffL) * 1_000_000 + (facts.getInt(4) & 0xffffffffL) / perMicro;
      int wire = facts.getInt(12);
      Optional<ByteBuffer> packet = in.next(length(facts.getInt(8), in));
      if (packet.isEmpty()) {
        return Ending.BROKEN_OFF;
      }
      in.counted();
      sink.packet(micros, link, packet.get(), wire);
    }
    return Ending.LIMIT;
  }

  static int length(int captured, Source in) throws CaptureException {
    if (captured < 0 || captured > PACKET_MAX) {
      throw new CaptureException(
          Reason.BROKEN, in.at(), "a packet of " + (captured & 0xffffffffL) + " bytes");
    }
    return captured;
  }
}
