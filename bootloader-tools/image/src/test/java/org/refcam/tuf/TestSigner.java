// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;

/** A private key in memory. */
record TestSigner(KeyScheme scheme, TufKey key, AsymmetricKeyParameter privateKey)
    implements MetadataSigner {
  private static final SecureRandom RANDOM = new SecureRandom();

  static TestSigner make(KeyScheme scheme) {
    AsymmetricCipherKeyPair pair = generator(scheme).generateKeyPair();
    return new TestSigner(scheme, TufKey.of(scheme, pair.getPublic()), pair.getPrivate());
  }

  static TestSigner ed25519() {
    return make(KeyScheme.ED25519);
  }

  /** The same private key under another spelling of its public half. */
  TestSigner as(TufKey other) {
    return new TestSigner(scheme, other, privateKey);
  }

  @Override
  public byte[] sign(byte[] message) throws IOException {
    try {
      Signer signer = Signatures.signer(scheme);
      signer.init(true, privateKey);
      signer.update(message, 0, message.length);
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IOException(e);
    }
  }

  private static AsymmetricCipherKeyPairGenerator generator(KeyScheme scheme) {
    return switch (scheme) {
      case ED25519 -> {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(RANDOM));
        yield generator;
      }
      case ECDSA_SHA2_NISTP256 -> {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(
            new ECKeyGenerationParameters(
                new ECNamedDomainParameters(
                    ECNamedCurveTable.getOID("P-256"), ECNamedCurveTable.getByName("P-256")),
                RANDOM));
        yield generator;
      }
      case RSASSA_PSS_SHA256 -> {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(
            new RSAKeyGenerationParameters(java.math.BigInteger.valueOf(65537), RANDOM, 2048, 100));
        yield generator;
      }
      case ML_DSA_65 -> {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(RANDOM, MLDSAParameters.ml_dsa_65));
        yield generator;
      }
    };
  }
}
