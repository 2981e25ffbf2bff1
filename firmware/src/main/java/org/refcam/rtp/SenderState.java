// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.refcam.bytes.ByteWriter;

/**
 * What a source has sent so far, for its sender report. Immutable.
 *
 * @param ssrc the source
 * @param rtpTimestamp of the newest picture, 32 bits
 * @param packets sent
 * @param octets of payload sent
 */
public record SenderState(int ssrc, long rtpTimestamp, long packets, long octets) {
  private static final long NTP_EPOCH_OFFSET_SECONDS = 2_208_988_800L;
  private static final int SENDER_REPORT = 200;
  private static final int SOURCE_DESCRIPTION = 202;
  private static final int BYE = 203;
  private static final int CNAME = 1;

  /**
   * A sender report with a source description (RFC 3550, 6.4.1 and 6.5).
   *
   * @param pictureTaken wall-clock time of the picture that {@code rtpTimestamp} names
   * @param cname the camera's canonical name, ASCII, up to 255 bytes
   */
  public RtpPackets report(Instant pictureTaken, String cname) {
    byte[] name = cname.getBytes(StandardCharsets.US_ASCII);
    int padding = 4 - (2 + name.length) % 4; // at least the one zero that ends the list
    int descriptionWords = 1 + (2 + name.length + padding) / 4;
    ByteWriter out = new ByteWriter();
    out.u8('$').u8(0).u16(28 + 4 + 4 * descriptionWords);
    out.u8(0x80).u8(SENDER_REPORT).u16(6).u32(ssrc);
    out.u32(ntpSeconds(pictureTaken)).u32(ntpFraction(pictureTaken));
    out.u32(rtpTimestamp).u32(packets).u32(octets);
    out.u8(0x81).u8(SOURCE_DESCRIPTION).u16(descriptionWords).u32(ssrc);
    out.u8(CNAME).u8(name.length).raw(name).zeros(padding);
    return new RtpPackets(out.toByteArray());
  }

  /** Says that the source leaves (6.6). */
  public RtpPackets bye() {
    ByteWriter out = new ByteWriter();
    out.u8('$').u8(0).u16(8).u8(0x81).u8(BYE).u16(1).u32(ssrc);
    return new RtpPackets(out.toByteArray());
  }

  /** Seconds of an NTP timestamp (RFC 5905, 6), good to 2036. */
  static long ntpSeconds(Instant time) {
    return time.getEpochSecond() + NTP_EPOCH_OFFSET_SECONDS & 0xFFFF_FFFFL;
  }

  static long ntpFraction(Instant time) {
    return ((long) time.getNano() << 32) / 1_000_000_000L;
  }
}
