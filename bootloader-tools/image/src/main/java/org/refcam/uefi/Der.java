// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;

/** The shape of DER, walked without recursion before a parser that recurses sees it. Stateless. */
final class Der {
  /** More than any signature has; a parser's stack takes many times this. */
  static final int DEPTH_MAX = 32;

  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1F;

  private Der() {}

  /**
   * That an array begins with one DER value of definite lengths, each within the one around it, and
   * that only zeros follow, fewer than 8.
   *
   * @return the value's length
   * @throws IOException if not
   */
  static int requireLength(byte[] bytes) throws IOException {
    int[] ends = new int[DEPTH_MAX];
    int depth = 0;
    int at = 0;
    int end = bytes.length;
    int total = 0;
    do {
      if (at + 2 > end || (bytes[at] & LONG_TAG) == LONG_TAG) {
        throw new IOException("DER breaks off, or has a long tag, at " + at);
      }
      boolean constructed = (bytes[at] & CONSTRUCTED) != 0;
      int first = bytes[at + 1] & 0xFF;
      int lengthBytes = first < 0x80 ? 0 : first & 0x7F;
      if (first == 0x80 || lengthBytes > 3 || at + 2 + lengthBytes > end) {
        throw new IOException("DER with a length that it may not have at " + at);
      }
      int length = first < 0x80 ? first : 0;
      for (int i = 0; i < lengthBytes; i++) {
        length = length << 8 | (bytes[at + 2 + i] & 0xFF);
      }
      at += 2 + lengthBytes;
      if (length > end - at) {
        throw new IOException("DER longer than what is around it at " + at);
      }
      total = total == 0 ? at + length : total;
      if (constructed) {
        if (depth == DEPTH_MAX) {
          throw new IOException("DER deeper than " + DEPTH_MAX);
        }
        ends[depth++] = end;
        end = at + length;
      } else {
        at += length;
      }
      while (depth > 0 && at == end) {
        end = ends[--depth];
      }
    } while (depth > 0);
    requireZeros(bytes, total);
    return total;
  }

  private static void requireZeros(byte[] bytes, int from) throws IOException {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0 || bytes.length - from >= 8) {
        throw new IOException("more than one value");
      }
    }
  }
}
