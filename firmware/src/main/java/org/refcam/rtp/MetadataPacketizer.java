// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.nio.ByteBuffer;
import org.refcam.bytes.ByteWriter;
import org.refcam.media.MediaTime;

/**
 * Cuts XML documents of ONVIF metadata into RTP packets (ONVIF Streaming Specification, 5.1.2.1.1):
 * the bytes as they are, one document after the other, the marker bit on a document's last packet.
 *
 * <p>One packetizer is one RTP source: it owns the SSRC and counts packets. Guarded by its monitor.
 */
public final class MetadataPacketizer {
  /** The clock that the session description names. */
  public static final int CLOCK_RATE = 90_000;

  /** The dynamic payload type that the session description names. */
  public static final int PAYLOAD_TYPE = 107;

  private static final int HEADER = 12;
  private static final int MARKER = 0x80;

  private final int ssrc;
  private final long timestampOffset;
  private final int payloadMax;
  private int sequence;
  private long packets;
  private long octets;
  private long lastTimestamp;

  /**
   * @param ssrc random
   * @param firstSequence random, 16 bits
   * @param timestampOffset random, 32 bits
   * @param payloadMax bytes of a packet after its RTP header, from 64
   */
  public MetadataPacketizer(int ssrc, int firstSequence, int timestampOffset, int payloadMax) {
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

  /**
   * The packets of one document.
   *
   * @param document not empty
   */
  public synchronized RtpPackets packetize(byte[] document, MediaTime time) {
    if (document.length == 0) {
      throw new IllegalArgumentException("an empty document");
    }
    lastTimestamp = time.ticks(CLOCK_RATE) + timestampOffset & 0xFFFF_FFFFL;
    ByteWriter out = new ByteWriter();
    for (int at = 0; at < document.length; at += payloadMax) {
      int length = Math.min(payloadMax, document.length - at);
      boolean last = at + length == document.length;
      out.u8('$').u8(0).u16(HEADER + length);
      out.u8(0x80).u8(PAYLOAD_TYPE | (last ? MARKER : 0)).u16(sequence);
      out.u32(lastTimestamp).u32(ssrc);
      out.raw(ByteBuffer.wrap(document, at, length));
      sequence = sequence + 1 & 0xFFFF;
      packets++;
      octets += length;
    }
    return new RtpPackets(out.toByteArray());
  }

  /** What a sender report tells. */
  public synchronized SenderState senderState() {
    return new SenderState(ssrc, lastTimestamp, packets, octets);
  }
}
