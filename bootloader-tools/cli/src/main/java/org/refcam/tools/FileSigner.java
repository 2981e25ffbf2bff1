// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.refcam.tuf.KeyScheme;
import org.refcam.tuf.MetadataSigner;
import org.refcam.tuf.TufKey;

/**
 * Signs with a private key in memory. All schemes are deterministic here (ECDSA by RFC 6979), so
 * that the same release gives the same bytes.
 */
record FileSigner(KeyScheme scheme, TufKey key, AsymmetricKeyParameter privateKey)
    implements MetadataSigner {
  @Override
  public byte[] sign(byte[] message) throws IOException {
    try {
      Signer signer = signer(scheme);
      signer.init(true, privateKey);
      signer.update(message, 0, message.length);
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IOException("the key " + key.keyId() + " does not sign", e);
    }
  }

  private static Signer signer(KeyScheme scheme) {
    return switch (scheme) {
      case ED25519 -> new Ed25519Signer();
      case ECDSA_SHA2_NISTP256 -> ecdsa();
      case ML_DSA_65 -> new MLDSASigner();
      case RSASSA_PSS_SHA256 -> throw new IllegalArgumentException("RSA is read, not written");
    };
  }

  /** ECDSA on P-256 with SHA-256 and the nonce of RFC 6979. */
  static Signer ecdsa() {
    SHA256Digest digest = new SHA256Digest();
    return new DSADigestSigner(new ECDSASigner(new HMacDSAKCalculator(digest)), new SHA256Digest());
  }
}
