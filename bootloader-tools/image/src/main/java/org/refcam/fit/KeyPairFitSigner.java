// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/**
 * Signs with a JCA key: one read from a file, or one inside a PKCS#11 token ({@code
 * Pkcs11Token.keyStore()}), whose provider the JCA finds by the key. Deterministic, but for ECDSA
 * in a token, which takes its own nonces. Safe from any thread.
 */
public record KeyPairFitSigner(
    String keyName, PublicKey publicKey, PrivateKey privateKey, FitPadding padding)
    implements FitSigner {
  @Override
  public byte[] sign(byte[] message) throws IOException {
    FitAlgorithm algorithm = FitAlgorithm.of(publicKey);
    byte[] encoded = algorithm.isRsa() ? null : privateKey.getEncoded();
    if (encoded != null) {
      return deterministicEcdsa(encoded, message);
    }
    try {
      Signature engine = FitKeys.signing(privateKey, algorithm, padding);
      engine.update(message);
      return engine.sign();
    } catch (GeneralSecurityException e) {
      throw new IOException("the key " + keyName + " does not sign: " + e.getMessage(), e);
    }
  }

  /** ECDSA with the nonce of RFC 6979. */
  private static byte[] deterministicEcdsa(byte[] pkcs8, byte[] message) throws IOException {
    if (!(PrivateKeyFactory.createKey(pkcs8) instanceof ECPrivateKeyParameters key)) {
      throw new IOException("not an EC key");
    }
    byte[] hash = new byte[32];
    SHA256Digest digest = new SHA256Digest();
    digest.update(message, 0, message.length);
    digest.doFinal(hash, 0);
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, key);
    var rs = signer.generateSignature(hash);
    return PlainDSAEncoding.INSTANCE.encode(key.getParameters().getN(), rs[0], rs[1]);
  }

  /** Does not show the private key. */
  @Override
  public String toString() {
    return "KeyPairFitSigner[" + keyName + "]";
  }
}
