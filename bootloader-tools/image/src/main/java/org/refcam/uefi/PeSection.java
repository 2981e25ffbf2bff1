// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

/**
 * One row of a program's section table.
 *
 * @param name at most 8 ASCII characters, such as {@code .linux}
 * @param virtualSize bytes in memory; what the file does not hold of them is zero
 * @param virtualAddress where in memory, from the program's first byte
 * @param rawSize bytes in the file, a multiple of the file alignment
 * @param rawOffset where in the file
 * @param headerAt where in the file this row is
 */
public record PeSection(
    String name,
    long virtualSize,
    long virtualAddress,
    long rawSize,
    long rawOffset,
    int headerAt) {
  /** Bytes of a row. */
  static final int BYTES = 40;

  long virtualEnd() {
    return virtualAddress + Math.max(virtualSize, 1);
  }

  long rawEnd() {
    return rawOffset + rawSize;
  }

  /** Bytes that both the file and the memory have. */
  int contentSize() {
    return (int) Math.min(virtualSize, rawSize);
  }
}
