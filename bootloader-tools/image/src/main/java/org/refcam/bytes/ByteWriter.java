// SPDX-License-Identifier: Apache-2.0
package org.refcam.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Appends big-endian fields to an array that grows; the order of network protocols and of ISO
 * boxes. Confined to one thread.
 */
public final class ByteWriter {
  private static final int FIRST_CAPACITY = 256;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** Appends the low 8 bits. */
  public ByteWriter u8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Appends the low 16 bits. */
  public ByteWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  /** Appends the low 24 bits. */
  public ByteWriter u24(int value) {
    return u8(value >>> 16).u16(value);
  }

  public ByteWriter u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  public ByteWriter u64(long value) {
    return u32(value >>> 32).u32(value);
  }

  public ByteWriter raw(byte... value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Appends what remains of the buffer, whose position stays where it is. */
  public ByteWriter raw(ByteBuffer value) {
    int length = value.remaining();
    reserve(length);
    value.get(value.position(), bytes, size, length);
    size += length;
    return this;
  }

  /** Appends that many zero bytes. */
  public ByteWriter zeros(int count) {
    reserve(count);
    Arrays.fill(bytes, size, size + count, (byte) 0);
    size += count;
    return this;
  }

  /**
   * Overwrites 4 bytes that are already written, for lengths known afterwards.
   *
   * @throws IndexOutOfBoundsException if they are not all written yet
   */
  public void patchU32(int offset, long value) {
    if (offset < 0 || offset > size - 4) {
      throw new IndexOutOfBoundsException("patch at " + offset + " of " + size);
    }
    for (int i = 0; i < 4; i++) {
      bytes[offset + i] = (byte) (value >>> (24 - 8 * i));
    }
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, Math.multiplyExact(bytes.length, 2)));
    }
  }
}
