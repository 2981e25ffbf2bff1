// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.IOException;
import java.security.PublicKey;

/** Holds the private key that signs configurations: a file, a token, or a service elsewhere. */
public interface FitSigner {
  /** The key's name: the signature's hint, and {@code key-NAME} in the control device tree. */
  String keyName();

  PublicKey publicKey();

  /** How RSA is padded; without meaning for ECDSA. */
  FitPadding padding();

  /**
   * Signs a message with SHA-256.
   *
   * @param message some hundreds to thousands of bytes; images go in by their hashes only
   * @return RSA: as long as the modulus. ECDSA: r and s, 32 bytes each, big endian
   * @throws IOException if the key cannot be used
   */
  byte[] sign(byte[] message) throws IOException;
}
