// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets through the bytes of one window and counts all. Confined to one thread. */
final class WindowOutput extends FilterOutputStream {
  private final long from;
  private final long to;
  private long position;

  /**
   * @param position where in the whole the next byte lies
   */
  WindowOutput(OutputStream out, long position, long from, long to) {
    super(out);
    this.position = position;
    this.from = from;
    this.to = to;
  }

  long position() {
    return position;
  }

  /** Whether nothing more will be let through. */
  boolean done() {
    return position >= to;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    long skip = Math.max(0, Math.min(length, from - position));
    long end = Math.max(skip, Math.min(length, to - position));
    if (end > skip) {
      out.write(bytes, (int) (offset + skip), (int) (end - skip));
    }
    position += length;
  }

  /** Flushes nothing: the stream below belongs to the caller. */
  @Override
  public void flush() {}

  /** Closes nothing, for the same reason. */
  @Override
  public void close() {}
}
