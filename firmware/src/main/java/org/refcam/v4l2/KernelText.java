// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.nio.charset.StandardCharsets;

/** Fixed-size text fields of kernel structures: padded with zeroes, or full without one. */
final class KernelText {
  private KernelText() {}

  static String parse(byte[] from, int offset, int size) {
    int length = 0;
    while (length < size && from[offset + length] != 0) {
      length++;
    }
    return new String(from, offset, length, StandardCharsets.UTF_8);
  }
}
