// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.egress;

import java.nio.ByteBuffer;

/** The beginning of one TCP conversation, both ways, in order. Confined to one thread. */
final class Talk {
  private final Tally tally;
  private final int sequence;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer out = ByteBuffer.allocate(Opening.LOOKED_AT);
  private ByteBuffer in = ByteBuffer.allocate(64);
  private int next;
  private boolean closed;

  /**
   * @param sequence number of the first packet seen
   */
  Talk(Tally tally, int sequence) {
    this.tally = tally;
    this.sequence = sequence;
    this.next = sequence;
  }

  /** Whether a SYN with this number begins another conversation on the same ports. */
  boolean begunAgain(int sequenceOfSyn) {
    return sequenceOfSyn != sequence;
  }

  /**
   * A segment from the subject, header and all. One that comes early or twice is left out: a name
   * that is not found is then not known, never wrong.
   *
   * @param length before the capture cut it
   */
  void out(ByteBuffer tcp, int length) {
    int head = (tcp.get(12) >> 4 & 0xf) * 4;
    boolean syn = (tcp.get(13) & 0x02) != 0;
    if (tcp.getInt(4) != next || head < 20 || head > tcp.limit()) {
      return;
    }
    next += length - head + (syn ? 1 : 0);
    put(out, tcp, head);
    if (tcp.limit() < length) {
      // The capture cut it: what follows does not follow.
      next = sequence - 1;
    }
  }

  /** A segment to the subject. */
  void in(ByteBuffer tcp) {
    int head = (tcp.get(12) >> 4 & 0xf) * 4;
    if (head >= 20 && head <= tcp.limit()) {
      put(in, tcp, head);
    }
  }

  private static void put(ByteBuffer into, ByteBuffer tcp, int head) {
    int room = Math.min(into.remaining(), tcp.limit() - head);
    into.put(tcp.slice(head, room));
  }

  /** Judges what it has, once, and holds it no longer. */
  void close() {
    if (!closed) {
      closed = true;
      tally.opened(Opening.ofTcp(out.flip(), in.flip()));
      out = NOTHING;
      in = NOTHING;
    }
  }
}
