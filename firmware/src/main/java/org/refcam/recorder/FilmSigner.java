// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.security.cert.X509Certificate;

/** Signs films with the camera's own key. Safe from any thread. */
public interface FilmSigner {
  String serial();

  X509Certificate certificate();

  /**
   * ECDSA over SHA-256 of the message, DER.
   *
   * @throws IOException if the key cannot be used now
   */
  byte[] sign(byte[] message) throws IOException;
}
