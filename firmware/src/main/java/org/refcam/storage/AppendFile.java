// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.Closeable;
import java.io.IOException;

/** A file that grows at its end. Confined to one thread. */
public interface AppendFile extends Closeable {

  /**
   * Writes at the end. Not durable before {@link #sync}; if this throws, some of the bytes may be
   * there.
   */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Writes all of them. */
  default void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  /** Cuts the file off behind that many bytes; the next write goes there. */
  void truncate(long length) throws IOException;

  /** Makes everything written so far durable, and the length (fdatasync). */
  void sync() throws IOException;

  /** Bytes in the file, those of a write that failed included. */
  long size();

  /**
   * Closes without syncing, and sets the time of last change to 1970 where that can be: a copy of
   * the directory then does not tell when something was recorded. (The file system's own times of
   * making and change cannot be set.)
   */
  @Override
  void close() throws IOException;
}
