// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate in which a PKCS#11 token keeps a key's public half; nothing trusts it. */
final class PublicKeyCarrier {
  private PublicKeyCarrier() {}

  static X509Certificate of(KeyPair pair) throws GeneralSecurityException {
    X500Name name = new X500Name("CN=public half of a device key");
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      name,
                      BigInteger.ONE,
                      Date.from(Instant.EPOCH),
                      Date.from(Instant.EPOCH),
                      name,
                      pair.getPublic())
                  .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("signing with the new key", e);
    }
  }
}
