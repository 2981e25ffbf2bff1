// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.refcam.tuf.KeyScheme;

/** Makes key pairs. Stateless. */
final class KeyPairs {
  private static final ASN1ObjectIdentifier P256 = ECNamedCurveTable.getOID("P-256");

  private KeyPairs() {}

  static AsymmetricCipherKeyPair make(KeyScheme scheme, SecureRandom random) {
    AsymmetricCipherKeyPairGenerator generator;
    switch (scheme) {
      case ED25519 -> {
        generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(random));
      }
      case ECDSA_SHA2_NISTP256 -> {
        generator = new ECKeyPairGenerator();
        generator.init(
            new ECKeyGenerationParameters(
                new ECNamedDomainParameters(P256, ECNamedCurveTable.getByOID(P256)), random));
      }
      case ML_DSA_65 -> {
        generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(random, MLDSAParameters.ml_dsa_65));
      }
      default -> throw new IllegalArgumentException("no keys of " + scheme + " are made here");
    }
    return generator.generateKeyPair();
  }
}
