// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes that can be made from any place on, as often as wanted, always the same: what HTTP ranges
 * and resumed downloads ask for. Safe from any thread.
 */
public interface ByteSource {
  long length();

  /**
   * Writes a part.
   *
   * @param from first byte
   * @param to first byte after the part, at most {@link #length}
   * @throws IOException if the reader is gone, or a recording was erased or damaged meanwhile; then
   *     the part is incomplete
   */
  void write(OutputStream out, long from, long to) throws IOException;
}
