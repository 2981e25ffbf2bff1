// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.security.cert.X509Certificate;

/** Signs films with the camera's own key. Safe from any thread. */
public interface FilmSigner {
  String serial();

  X509Certificate certificate();

  /** ECDSA over SHA-256 of the message, DER. */
  byte[] sign(byte[] message);
}
