// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.nio.ByteBuffer;
import java.util.List;
import org.refcam.bytes.ByteWriter;
import org.refcam.codec.NalUnitType;
import org.refcam.media.AccessUnit;

/**
 * Cuts access units into RTP packets in packetization mode 1 (RFC 6184, 6.3): small neighbours
 * share a STAP-A (5.7.1), what fits goes as a single NAL unit packet (5.6), the rest as FU-A (5.8).
 *
 * <p>One packetizer is one RTP source: it owns the SSRC and counts packets. Confined to the
 * publisher's thread.
 */
public final class H264Packetizer {
  /** The RTP clock of video (RFC 6184, 8.1). */
  public static final int CLOCK_RATE = 90_000;

  /** The dynamic payload type that the session description names. */
  public static final int PAYLOAD_TYPE = 96;

  private static final int HEADER = 12;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int FU_START = 0x80;
  private static final int FU_END = 0x40;
  private static final int MARKER = 0x80;
  private static final int EXTENSION = 0x10;
  private static final byte[] NONE = {};

  private final int ssrc;
  private final long timestampOffset;
  private final int payloadMax;
  private int sequence;
  private long packets;
  private long octets;
  private long lastTimestamp;
  private byte[] extension = NONE; // of the next packet

  /**
   * @param ssrc random
   * @param firstSequence random, 16 bits (RFC 3550, 5.1)
   * @param timestampOffset random, 32 bits
   * @param payloadMax bytes of a packet after its RTP header, from 64
   */
  public H264Packetizer(int ssrc, int firstSequence, int timestampOffset, int payloadMax) {
    if (payloadMax < 64 || payloadMax > 65_000) {
      throw new IllegalArgumentException("payload of " + payloadMax);
    }
    this.ssrc = ssrc;
    this.sequence = firstSequence & 0xFFFF;
    this.timestampOffset = timestampOffset & 0xFFFF_FFFFL;
    this.payloadMax = payloadMax;
  }

  public int ssrc() {
    return ssrc;
  }

  /** The number that the next packet will have. */
  public int nextSequence() {
    return sequence;
  }

  /** The 32-bit RTP timestamp of a moment in ticks of {@link #CLOCK_RATE}. */
  public long timestamp(long ticks) {
    return ticks + timestampOffset & 0xFFFF_FFFFL;
  }

  /** The packets of one picture; the last carries the marker bit. */
  public RtpPackets packetize(AccessUnit unit) {
    return packetize(unit, unit.time().ticks(CLOCK_RATE));
  }

  /**
   * The packets of a replayed picture, the first with an extension.
   *
   * @param ticks when it is to be shown, of {@link #CLOCK_RATE}, from any origin
   */
  public RtpPackets packetize(AccessUnit unit, long ticks, ReplayExtension said) {
    extension = said.encode();
    return packetize(unit, ticks);
  }

  private RtpPackets packetize(AccessUnit unit, long ticks) {
    lastTimestamp = timestamp(ticks);
    ByteWriter out = new ByteWriter();
    List<ByteBuffer> nalUnits = unit.nalUnits();
    int next = 0;
    while (next < nalUnits.size()) {
      int together = aggregated(nalUnits, next);
      boolean last = next + together == nalUnits.size();
      if (together > 1) {
        aggregate(out, nalUnits.subList(next, next + together), last);
      } else if (nalUnits.get(next).remaining() <= payloadMax) {
        header(out, nalUnits.get(next).remaining(), last);
        out.raw(nalUnits.get(next));
      } else {
        fragment(out, nalUnits.get(next), last);
      }
      next += together;
    }
    return new RtpPackets(out.toByteArray());
  }

  /** What a sender report tells (RFC 3550, 6.4.1). */
  public SenderState senderState() {
    return new SenderState(ssrc, lastTimestamp, packets, octets);
  }

  /**
   * How many NAL units from {@code first} fit one STAP-A; delimiters are single packets at worst.
   */
  private int aggregated(List<ByteBuffer> nalUnits, int first) {
    int size = 1;
    int count = 0;
    while (first + count < nalUnits.size()) {
      size += 2 + nalUnits.get(first + count).remaining();
      if (size > payloadMax) {
        break;
      }
      count++;
    }
    return Math.max(1, count);
  }

  private void aggregate(ByteWriter out, List<ByteBuffer> nalUnits, boolean last) {
    int size = 1;
    int referenceIdc = 0;
    for (ByteBuffer nalUnit : nalUnits) {
      size += 2 + nalUnit.remaining();
      referenceIdc = Math.max(referenceIdc, nalUnit.get(nalUnit.position()) & 0x60);
    }
    header(out, size, last);
    out.u8(referenceIdc | STAP_A);
    for (ByteBuffer nalUnit : nalUnits) {
      out.u16(nalUnit.remaining()).raw(nalUnit);
    }
  }

  private void fragment(ByteWriter out, ByteBuffer nalUnit, boolean last) {
    int first = nalUnit.get(nalUnit.position());
    int indicator = first & 0x60 | FU_A;
    int type = NalUnitType.of(nalUnit);
    ByteBuffer rest = nalUnit.duplicate();
    rest.position(rest.position() + 1);
    boolean start = true;
    while (rest.hasRemaining()) {
      int length = Math.min(payloadMax - 2, rest.remaining());
      boolean end = length == rest.remaining();
      header(out, length + 2, last && end);
      out.u8(indicator).u8(type | (start ? FU_START : 0) | (end ? FU_END : 0));
      out.raw(rest.slice(rest.position(), length));
      rest.position(rest.position() + length);
      start = false;
    }
  }

  private void header(ByteWriter out, int payload, boolean marker) {
    out.u8('$').u8(0).u16(HEADER + extension.length + payload);
    out.u8(0x80 | (extension.length > 0 ? EXTENSION : 0));
    out.u8(PAYLOAD_TYPE | (marker ? MARKER : 0)).u16(sequence);
    out.u32(lastTimestamp).u32(ssrc).raw(extension);
    extension = NONE;
    sequence = sequence + 1 & 0xFFFF;
    packets++;
    octets += payload;
  }
}
