// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.time.Instant;
import org.refcam.bytes.ByteWriter;

/**
 * What a replayed picture's first packet says beside its RTP header (ONVIF Streaming Specification,
 * RTP header extension).
 *
 * <pre>
 *   | AB AC | 00 03 | NTP timestamp, 8 bytes | C E D T 0 0 0 0 | CSeq | 00 00 |   big endian
 * </pre>
 *
 * <p>Immutable.
 *
 * @param taken wall time of the picture
 * @param clean C: decoding can start here
 * @param endOfSection E: the last to be sent before a time without recording
 * @param discontinuity D: the picture does not follow the one sent before
 * @param last T: nothing follows in this direction
 * @param cseq the low byte of the PLAY request's CSeq
 */
public record ReplayExtension(
    Instant taken,
    boolean clean,
    boolean endOfSection,
    boolean discontinuity,
    boolean last,
    int cseq) {
  /** The extension's identifier, which the profile defines. */
  static final int ID = 0xABAC;

  /** Length of the extension after its own header, in words of 32 bits. */
  private static final int WORDS = 3;

  private static final int CLEAN = 0x80;
  private static final int END = 0x40;
  private static final int DISCONTINUITY = 0x20;
  private static final int LAST = 0x10;

  byte[] encode() {
    int flags =
        (clean ? CLEAN : 0)
            | (endOfSection ? END : 0)
            | (discontinuity ? DISCONTINUITY : 0)
            | (last ? LAST : 0);
    return new ByteWriter()
        .u16(ID)
        .u16(WORDS)
        .u32(SenderState.ntpSeconds(taken))
        .u32(SenderState.ntpFraction(taken))
        .u8(flags)
        .u8(cseq & 0xFF)
        .u16(0)
        .toByteArray();
  }
}
