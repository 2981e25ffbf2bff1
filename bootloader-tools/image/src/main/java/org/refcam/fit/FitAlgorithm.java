// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;

/** Signature algorithms of a configuration, all with SHA-256. */
public enum FitAlgorithm {
  RSA2048("rsa2048", 2048),
  RSA3072("rsa3072", 3072),
  RSA4096("rsa4096", 4096),
  /** On P-256. U-Boot verifies it only where a driver does; for others take RSA. */
  ECDSA256("ecdsa256", 256);

  private final String cipher;
  private final int keyBits;

  FitAlgorithm(String cipher, int keyBits) {
    this.cipher = cipher;
    this.keyBits = keyBits;
  }

  /** As the {@code algo} property names it, such as {@code sha256,rsa2048}. */
  public String fitName() {
    return "sha256," + cipher;
  }

  public boolean isRsa() {
    return this != ECDSA256;
  }

  /** Bytes of a signature: RSA's modulus, or ECDSA's r and s of 32 bytes each. */
  int signatureBytes() {
    return isRsa() ? keyBits / 8 : 2 * keyBits / 8;
  }

  static Optional<FitAlgorithm> find(String fitName) {
    return Arrays.stream(values()).filter(a -> a.fitName().equals(fitName)).findFirst();
  }

  /**
   * The algorithm of a key.
   *
   * @throws IllegalArgumentException for a key that U-Boot does not verify with
   */
  public static FitAlgorithm of(PublicKey key) {
    int bits =
        key instanceof RSAPublicKey rsa
            ? rsa.getModulus().bitLength()
            : key instanceof ECPublicKey ec ? ec.getParams().getOrder().bitLength() : 0;
    boolean rsa = key instanceof RSAPublicKey;
    return Arrays.stream(values())
        .filter(a -> a.isRsa() == rsa && a.keyBits == bits)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "neither RSA of 2048, 3072 or 4096 bits nor P-256: " + key.getAlgorithm()));
  }
}
