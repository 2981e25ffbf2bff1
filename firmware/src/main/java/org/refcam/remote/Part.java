// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Pieces of a sealed clip, one at a time in memory. Stateless. */
final class Part {
  /** The least that S3 takes for a part that is not the last. */
  static final int BYTES = 5 << 20;

  private Part() {}

  static int count(SealedClip clip) {
    return (int) Math.max(1, (clip.length() + BYTES - 1) / BYTES);
  }

  /**
   * @param number from 0
   */
  static byte[] read(SealedClip clip, int number) throws IOException {
    long from = (long) number * BYTES;
    long to = Math.min(clip.length(), from + BYTES);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) (to - from));
    clip.write(bytes, from, to);
    if (bytes.size() != to - from) {
      throw new IOException("a clip became shorter while it was sealed");
    }
    return bytes.toByteArray();
  }
}
