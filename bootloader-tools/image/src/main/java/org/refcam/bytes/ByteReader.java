// SPDX-License-Identifier: Apache-2.0
package org.refcam.bytes;

import java.nio.ByteBuffer;

/**
 * Reads big-endian fields from bytes that may be hostile: every read checks that the bytes are
 * there. Confined to one thread.
 */
public final class ByteReader {
  private final ByteBuffer bytes;

  /** Reads a view of what remains in the buffer; the buffer itself keeps its position. */
  public ByteReader(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  public ByteReader(byte[] bytes) {
    this(ByteBuffer.wrap(bytes));
  }

  /** Bytes not yet read. */
  public int remaining() {
    return bytes.remaining();
  }

  /** Offset of the next read, from the first byte of this reader. */
  public int offset() {
    return bytes.position();
  }

  /**
   * @throws TruncatedException if no byte is left
   */
  public int u8() throws TruncatedException {
    require(1);
    return bytes.get() & 0xFF;
  }

  /**
   * @throws TruncatedException if fewer than 2 bytes are left
   */
  public int u16() throws TruncatedException {
    require(2);
    return bytes.getShort() & 0xFFFF;
  }

  /**
   * @throws TruncatedException if fewer than 4 bytes are left
   */
  public long u32() throws TruncatedException {
    require(4);
    return bytes.getInt() & 0xFFFF_FFFFL;
  }

  /**
   * The next 8 bytes, as a signed number.
   *
   * @throws TruncatedException if fewer than 8 bytes are left
   */
  public long u64() throws TruncatedException {
    require(8);
    return bytes.getLong();
  }

  /**
   * A copy of the next bytes.
   *
   * @throws TruncatedException if fewer are left
   */
  public byte[] raw(int length) throws TruncatedException {
    require(length);
    byte[] value = new byte[length];
    bytes.get(value);
    return value;
  }

  /**
   * A reader over the next bytes, which this one skips.
   *
   * @throws TruncatedException if fewer are left
   */
  public ByteReader slice(int length) throws TruncatedException {
    require(length);
    ByteReader part = new ByteReader(bytes.slice(bytes.position(), length));
    bytes.position(bytes.position() + length);
    return part;
  }

  /**
   * @throws TruncatedException if fewer are left
   */
  public void skip(int length) throws TruncatedException {
    require(length);
    bytes.position(bytes.position() + length);
  }

  private void require(int length) throws TruncatedException {
    if (length < 0 || length > bytes.remaining()) {
      throw new TruncatedException(bytes.position(), length, bytes.remaining());
    }
  }
}
