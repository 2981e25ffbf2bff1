// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Self-signed certificates for fault proxies: good ones and bad ones. */
final class Certificates {
  /** A server's TLS and its certificate. */
  record Server(SSLContext tls, X509Certificate certificate) {}

  private Certificates() {}

  static Server good() throws GeneralSecurityException {
    return make("EC", 256, "SHA256withECDSA", Duration.ofDays(-1), Duration.ofDays(365));
  }

  static Server expired() throws GeneralSecurityException {
    return make("EC", 256, "SHA256withECDSA", Duration.ofDays(-400), Duration.ofDays(-30));
  }

  static Server weak() throws GeneralSecurityException {
    return make("RSA", 1024, "SHA256withRSA", Duration.ofDays(-1), Duration.ofDays(365));
  }

  static Server strongRsa() throws GeneralSecurityException {
    return make("RSA", 2048, "SHA256withRSA", Duration.ofDays(-1), Duration.ofDays(365));
  }

  private static Server make(
      String algorithm, int bits, String signature, Duration from, Duration to)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    Instant now = Instant.now();
    X500Name name = new X500Name("CN=mutant");
    try {
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  new JcaX509v3CertificateBuilder(
                          name,
                          BigInteger.ONE,
                          Date.from(now.plus(from)),
                          Date.from(now.plus(to)),
                          name,
                          pair.getPublic())
                      .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "mutant", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keys.getKeyManagers(), null, null);
      return new Server(tls, certificate);
    } catch (OperatorCreationException | java.io.IOException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
