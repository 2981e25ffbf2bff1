// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/** A private ECDSA key on P-256, in a file or in a token. */
interface EcdsaKey {
  /** Its public half. */
  SubjectPublicKeyInfo publicKey();

  /**
   * @return a signature with SHA-256, in DER
   * @throws IOException if the key cannot be reached or refuses
   */
  byte[] sign(byte[] message) throws IOException;

  /** A key in memory; it signs deterministically (RFC 6979). */
  static EcdsaKey of(AsymmetricKeyParameter privateKey, SubjectPublicKeyInfo publicKey) {
    return new EcdsaKey() {
      @Override
      public SubjectPublicKeyInfo publicKey() {
        return publicKey;
      }

      @Override
      public byte[] sign(byte[] message) throws IOException {
        try {
          Signer signer = FileSigner.ecdsa();
          signer.init(true, privateKey);
          signer.update(message, 0, message.length);
          return signer.generateSignature();
        } catch (CryptoException e) {
          throw new IOException("the key does not sign", e);
        }
      }
    };
  }
}
