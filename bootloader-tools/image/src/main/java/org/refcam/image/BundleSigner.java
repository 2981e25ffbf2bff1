// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** A bundle-signing key of the release side, wherever it lies: ECDSA on P-256. */
public interface BundleSigner {
  /** The signer's certificate first, then those that lead to the keyring, without its own. */
  List<X509CertificateHolder> certificates();

  /**
   * @param message what is signed, not its hash
   * @return an ECDSA signature with SHA-256 in DER; the same for the same message wherever a bundle
   *     is to be reproducible
   * @throws IOException if the key cannot be reached or refuses
   */
  byte[] sign(byte[] message) throws IOException;
}
