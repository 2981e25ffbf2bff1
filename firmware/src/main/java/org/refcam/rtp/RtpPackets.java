// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The packets of one access unit, or one RTCP packet, in the bytes that an interleaved connection
 * sends for channel 0 (RFC 2326, 10.12). Made once and shared by all viewers of a stream.
 *
 * <pre>
 *   | '$' | channel | length, 2 bytes | packet | '$' | channel | length | packet | ...
 * </pre>
 *
 * <p>Immutable.
 */
public final class RtpPackets {
  /** Bytes in front of each packet. */
  static final int FRAMING = 4;

  private final byte[] bytes;

  RtpPackets(byte[] bytes) {
    this.bytes = bytes;
  }

  /** All packets, framed for a channel; read only. Channel 0 costs no copy. */
  public ByteBuffer interleaved(int channel) {
    if (channel == 0) {
      return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
    byte[] copy = Arrays.copyOf(bytes, bytes.length);
    for (int at = 0; at < copy.length; at += FRAMING + length(at)) {
      copy[at + 1] = (byte) channel;
    }
    return ByteBuffer.wrap(copy).asReadOnlyBuffer();
  }

  /**
   * Where the next packet is.
   *
   * @param at offset of a packet; the first is at 0
   * @return -1 after the last
   */
  public int after(int at) {
    int next = at + FRAMING + length(at);
    return next < bytes.length ? next : -1;
  }

  /** Bytes of all packets with their framing. */
  public int size() {
    return bytes.length;
  }

  /** The bytes themselves, for this package to read. */
  byte[] bytes() {
    return bytes;
  }

  /** Bytes of the packet at an offset, without its framing. */
  int length(int at) {
    return (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
  }
}
