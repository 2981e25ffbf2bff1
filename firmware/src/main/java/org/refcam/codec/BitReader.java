// SPDX-License-Identifier: Apache-2.0
package org.refcam.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the bits of a raw byte sequence payload, most significant first. Confined to one thread.
 */
final class BitReader {
  private final byte[] payload;
  private int bit;

  /** Takes a NAL unit with its header and removes emulation prevention (ITU-T H.264, 7.4.1). */
  BitReader(ByteBuffer nalUnit) {
    ByteBuffer in = nalUnit.duplicate();
    byte[] out = new byte[in.remaining()];
    int size = 0;
    int zeros = 0;
    while (in.hasRemaining()) {
      byte value = in.get();
      if (zeros >= 2 && value == 3) {
        zeros = 0;
        continue;
      }
      zeros = value == 0 ? zeros + 1 : 0;
      out[size++] = value;
    }
    payload = Arrays.copyOf(out, size);
  }

  /**
   * u(n), n up to 31.
   *
   * @throws InvalidParameterSetException if the payload ends first
   */
  int bits(int count) throws InvalidParameterSetException {
    if (count > payload.length * 8 - bit) {
      throw new InvalidParameterSetException("ends after bit " + bit);
    }
    int value = 0;
    for (int i = 0; i < count; i++, bit++) {
      value = value << 1 | payload[bit >> 3] >> (7 - (bit & 7)) & 1;
    }
    return value;
  }

  boolean flag() throws InvalidParameterSetException {
    return bits(1) == 1;
  }

  /** ue(v), up to 2^30 (9.1). */
  int unsignedExpGolomb() throws InvalidParameterSetException {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > 30) {
        throw new InvalidParameterSetException("Exp-Golomb code too long at bit " + bit);
      }
    }
    return (1 << zeros) - 1 + bits(zeros);
  }

  /** se(v) (9.1.1). */
  int signedExpGolomb() throws InvalidParameterSetException {
    int code = unsignedExpGolomb();
    return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
  }
}
