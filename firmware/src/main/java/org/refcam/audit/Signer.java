// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.io.IOException;

/** The device key as the audit log sees it. Safe from any thread. */
public interface Signer {
  /** Name of the algorithm, as {@link java.security.Signature} knows it. */
  String ALGORITHM = "SHA256withECDSA";

  /**
   * Signs by {@link #ALGORITHM}, in DER.
   *
   * @throws IOException if the key cannot be used now
   */
  byte[] sign(byte[] message) throws IOException;

  /** The device's certificate, X.509 in DER, by which others check. */
  byte[] certificate();
}
