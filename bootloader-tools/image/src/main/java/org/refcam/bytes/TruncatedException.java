// SPDX-License-Identifier: Apache-2.0
package org.refcam.bytes;

import java.io.Serial;

/** A field reaches beyond the bytes that are there. */
public final class TruncatedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * @param offset where the field begins
   * @param needed bytes that the field has
   * @param left bytes that are there
   */
  public TruncatedException(int offset, int needed, int left) {
    super("at offset " + offset + ": " + needed + " bytes needed, " + left + " left");
  }

  /**
   * @param begin of the part that is asked for
   * @param length of it
   * @param size bytes that are there
   */
  TruncatedException(long begin, long length, long size) {
    super("at offset " + begin + ": " + length + " bytes asked for, of " + size);
  }
}
