// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a viewer's RTCP says (RFC 3550, 6.4.2 and 6.6). Immutable.
 *
 * @param blocks reports about sources, this camera's among them
 * @param bye whether the viewer leaves
 */
public record ReceiverFeedback(List<Block> blocks, boolean bye) {
  /** Blocks that are read of one compound packet; there is one source to report about. */
  public static final int BLOCKS_MAX = 31;

  private static final int VERSION = 2;
  private static final int SENDER_REPORT = 200;
  private static final int RECEIVER_REPORT = 201;
  private static final int BYE = 203;
  private static final int HEADER = 4;
  private static final int SENDER_INFO = 20;
  private static final int BLOCK = 24;

  /**
   * A report block.
   *
   * @param ssrc of the source
   * @param fractionLost of 256, since the last report
   * @param cumulativeLost signed, 24 bits
   * @param highestSequence extended, 32 bits
   * @param jitter in RTP clock ticks, 32 bits
   */
  public record Block(
      int ssrc, int fractionLost, int cumulativeLost, long highestSequence, long jitter) {}

  public ReceiverFeedback {
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads a compound packet, which may be hostile; checks it as RFC 3550, A.2 does.
   *
   * @param compound keeps its position
   * @return empty if it is none
   */
  public static Optional<ReceiverFeedback> read(ByteBuffer compound) {
    ByteBuffer in = compound.slice();
    List<Block> blocks = new ArrayList<>();
    boolean bye = false;
    boolean first = true;
    while (in.remaining() >= HEADER) {
      int start = in.position();
      int flags = in.get(start) & 0xFF;
      int type = in.get(start + 1) & 0xFF;
      int length = HEADER + 4 * (in.getShort(start + 2) & 0xFFFF);
      boolean report = type == SENDER_REPORT || type == RECEIVER_REPORT;
      boolean padded = (flags & 0x20) != 0;
      if (flags >> 6 != VERSION
          || length > in.remaining()
          || first && (!report || padded && length < in.remaining())) {
        return Optional.empty();
      }
      ByteBuffer packet = in.slice(start, length);
      if (report && !blocks(packet, type, flags & 0x1F, blocks)) {
        return Optional.empty();
      }
      bye |= type == BYE;
      first = false;
      in.position(start + length);
    }
    boolean whole = !first && !in.hasRemaining();
    return whole ? Optional.of(new ReceiverFeedback(blocks, bye)) : Optional.empty();
  }

  private static boolean blocks(ByteBuffer packet, int type, int count, List<Block> blocks) {
    int at = HEADER + 4 + (type == SENDER_REPORT ? SENDER_INFO : 0);
    if (at + count * BLOCK > packet.limit()) {
      return false;
    }
    for (int i = 0; i < count && blocks.size() < BLOCKS_MAX; i++, at += BLOCK) {
      int loss = packet.getInt(at + 4);
      blocks.add(
          new Block(
              packet.getInt(at),
              loss >>> 24,
              loss << 8 >> 8,
              packet.getInt(at + 8) & 0xFFFF_FFFFL,
              packet.getInt(at + 12) & 0xFFFF_FFFFL));
    }
    return true;
  }
}
