// SPDX-License-Identifier: Apache-2.0
package org.refcam.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of a file or of an array, read at any place: a partition of a disk image, an image in
 * memory. Every read is checked against the part's own bounds. Safe from any thread; the file is
 * the caller's to close.
 */
public final class ByteRegion {
  /** Where the bytes come from. */
  private interface Source {
    int read(ByteBuffer into, long position) throws IOException;
  }

  private final Source source;
  private final long offset;
  private final long size;

  private ByteRegion(Source source, long offset, long size) {
    this.source = source;
    this.offset = offset;
    this.size = size;
  }

  /** All of a file, as long as it is now. */
  public static ByteRegion of(FileChannel file) throws IOException {
    return new ByteRegion(file::read, 0, file.size());
  }

  /** What remains of a buffer. */
  public static ByteRegion of(ByteBuffer bytes) {
    ByteBuffer all = bytes.slice();
    return new ByteRegion((into, position) -> copy(all, into, position), 0, all.remaining());
  }

  private static int copy(ByteBuffer all, ByteBuffer into, long position) {
    int length = Math.min(into.remaining(), all.remaining() - (int) position);
    into.put(all.slice((int) position, length));
    return length;
  }

  public long size() {
    return size;
  }

  /**
   * A part of this part.
   *
   * @throws TruncatedException if it is not all within
   */
  public ByteRegion slice(long begin, long length) throws TruncatedException {
    requireWithin(begin, length);
    return new ByteRegion(source, offset + begin, length);
  }

  /**
   * A copy of bytes.
   *
   * @throws TruncatedException if they are not all within
   * @throws IOException if the file fails, or has become shorter
   */
  public byte[] read(long begin, int length) throws IOException, TruncatedException {
    requireWithin(begin, length);
    byte[] bytes = new byte[length];
    read(begin, bytes);
    return bytes;
  }

  /**
   * Fills an array.
   *
   * @throws TruncatedException if not all of it is within
   * @throws IOException if the file fails, or has become shorter
   */
  public void read(long begin, byte[] into) throws IOException, TruncatedException {
    requireWithin(begin, into.length);
    ByteBuffer buffer = ByteBuffer.wrap(into);
    while (buffer.hasRemaining()) {
      if (source.read(buffer, offset + begin + buffer.position()) <= 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
  }

  private void requireWithin(long begin, long length) throws TruncatedException {
    if (begin < 0 || length < 0 || begin > size - length) {
      throw new TruncatedException(begin, length, size);
    }
  }
}
