// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.nio.ByteBuffer;

/**
 * One viewer's own RTP source: takes the packets that all viewers of a stream share and makes
 * datagrams of them under this viewer's key, SSRC and sequence numbers (RFC 3711, 3.1 and 3.4).
 *
 * <pre>
 *   SRTP   | RTP header, own SSRC and sequence | ciphertext | tag, 10 |
 *   SRTCP  | RTCP header, 8 | ciphertext | 1 and index, 4 | tag, 10 |
 * </pre>
 *
 * <p>Sequence numbers count what this viewer was sent, not what the stream has: a pause leaves no
 * gap by which the two ends could come to disagree about the roll-over counter (3.3.1).
 *
 * <p>INV-RTP-1. No two packets under one key have the same index, so no key stream is used twice:
 * the index is a counter that only this object counts, and at its end nothing more is sent. Holds
 * against whoever records all packets. Does not hold if a second sender is made from the same key.
 *
 * <p>Confined to one thread.
 */
public final class SrtpSender implements AutoCloseable {
  /** The most bytes that protection adds to a packet. */
  public static final int OVERHEAD = 4 + SrtpPolicy.TAG_BYTES;

  private static final int RTP_HEADER = 12;
  private static final int RTCP_HEADER = 8;
  private static final long INDEX_MAX = (1L << 48) - 1;
  private static final int RTCP_INDEX_MAX = Integer.MAX_VALUE;

  private final SrtpKey key;
  private final int ssrc;
  private final SrtpCipher rtp;
  private final SrtpCipher rtcp;
  private long index;
  private int rtcpIndex;
  private long packets;
  private long octets;

  /**
   * @param key closed with this object
   * @param firstSequence random and under 2^15, so that loss of the first packets cannot be taken
   *     for a roll-over (3.3.1)
   */
  public SrtpSender(SrtpKey key, int ssrc, int firstSequence) {
    this.key = key;
    this.ssrc = ssrc;
    this.index = firstSequence & 0x7FFF;
    rtp = SrtpCipher.derive(key, SrtpCipher.Use.RTP);
    rtcp = SrtpCipher.derive(key, SrtpCipher.Use.RTCP);
  }

  public int ssrc() {
    return ssrc;
  }

  /**
   * Protects one of the shared packets.
   *
   * @param at offset of the packet, from 0 or {@link RtpPackets#after}
   * @param out cleared and filled; has an array, with room for the packet and {@link #OVERHEAD}
   * @return whether there is a datagram; false when the key has served its 2^48 packets
   */
  public boolean protect(RtpPackets shared, int at, ByteBuffer out) {
    int length = shared.length(at);
    byte[] in = shared.bytes();
    int from = at + RtpPackets.FRAMING;
    out.clear();
    if (index > INDEX_MAX || length < RTP_HEADER || out.remaining() < length + OVERHEAD) {
      return false;
    }
    out.put(in, from, RTP_HEADER);
    out.putShort(2, (short) index).putInt(8, ssrc);
    byte[] array = out.array();
    int base = out.arrayOffset();
    int payload = length - RTP_HEADER;
    rtp.crypt(ssrc, index, in, from + RTP_HEADER, payload, array, base + RTP_HEADER);
    byte[] tag = rtp.tag(array, base, length, (int) (index >>> 16));
    out.position(length).put(tag, 0, SrtpPolicy.TAG_BYTES).flip();
    index++;
    packets++;
    octets += payload;
    return true;
  }

  /** What this viewer was sent, with the time line of the stream. */
  public SenderState state(SenderState stream) {
    return new SenderState(ssrc, stream.rtpTimestamp(), packets, octets);
  }

  /**
   * Protects one RTCP packet made from {@link #state}.
   *
   * @param out as for {@link #protect}
   * @return whether there is a datagram; false when the key has served its 2^31 reports
   */
  public boolean protectReport(RtpPackets report, ByteBuffer out) {
    int length = report.length(0);
    out.clear();
    if (rtcpIndex == RTCP_INDEX_MAX || out.remaining() < length + OVERHEAD) {
      return false;
    }
    byte[] array = out.array();
    int base = out.arrayOffset();
    out.put(report.bytes(), RtpPackets.FRAMING, length);
    int body = length - RTCP_HEADER;
    rtcp.crypt(ssrc, rtcpIndex, array, base + RTCP_HEADER, body, array, base + RTCP_HEADER);
    out.putInt(rtcpIndex | 0x8000_0000);
    byte[] tag = rtcp.tag(array, base, length + 4);
    out.put(tag, 0, SrtpPolicy.TAG_BYTES).flip();
    rtcpIndex++;
    return true;
  }

  /** Wipes the master key. Idempotent. */
  @Override
  public void close() {
    key.close();
  }
}
