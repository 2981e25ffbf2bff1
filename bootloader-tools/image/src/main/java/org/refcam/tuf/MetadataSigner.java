// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.io.IOException;

/** A private key of the release side, wherever it lies. */
public interface MetadataSigner {
  /** Its public half. */
  TufKey key();

  /**
   * @param message exactly the bytes to sign: {@link MetadataWriter} has applied the scheme's rule
   * @return the signature in the scheme's form
   * @throws IOException if the key cannot be reached or refuses
   */
  byte[] sign(byte[] message) throws IOException;
}
