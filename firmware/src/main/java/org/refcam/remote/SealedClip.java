// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A clip as it leaves the camera: sealed, of known length, the same bytes each time it is asked.
 */
public interface SealedClip {
  long length();

  /** Writes the bytes from an offset to before another. */
  void write(OutputStream out, long from, long to) throws IOException;

  /** Seals clips for the owner. */
  @FunctionalInterface
  interface Sealer {
    /**
     * @param recipient the owner's public key, {@code age1...}
     * @throws IOException if the clip is damaged, empty or gone
     */
    SealedClip seal(String clip, String recipient) throws IOException;
  }
}
