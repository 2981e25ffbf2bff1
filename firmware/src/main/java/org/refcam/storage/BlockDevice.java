// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.Closeable;
import java.io.IOException;

/**
 * Something of fixed size that is written in place: a partition, or a file that a boot loader reads
 * too. Confined to one thread.
 */
public interface BlockDevice extends Closeable {

  /**
   * Writes over what is there. Not durable before {@link #sync}: after power loss each sector holds
   * what it held or what was written, in any mixture.
   *
   * @param at in bytes from the beginning
   * @throws IOException also if it would reach beyond a partition's end; some may be written
   */
  void write(long at, byte[] bytes, int offset, int length) throws IOException;

  /** Makes everything written so far durable, and what the device itself still holds back. */
  void sync() throws IOException;

  /** Closes without syncing. */
  @Override
  void close() throws IOException;
}
