// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A certificate authority for tests, which signs whatever it is told to. */
record TestAuthority(KeyPair key, X509Certificate certificate, SecureRandom random) {
  private static final Date FROM = Date.from(Instant.parse("2026-01-01T00:00:00Z"));

  static TestAuthority create(String name, SecureRandom random) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair key = generator.generateKeyPair();
    X500Name subject = new X500Name("CN=" + name);
    var builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(100, random),
            FROM,
            Date.from(DeviceCertificates.NO_EXPIRY),
            subject,
            key.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    return new TestAuthority(
        key,
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))),
        random);
  }

  /** The chain for a request, with whatever the edit makes of its subject. */
  List<X509Certificate> sign(PKCS10CertificationRequest request, UnaryOperator<String> edit)
      throws Exception {
    return sign(request, edit, DeviceCertificates.NO_EXPIRY);
  }

  List<X509Certificate> sign(
      PKCS10CertificationRequest request, UnaryOperator<String> edit, Instant until)
      throws Exception {
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(certificate.getSubjectX500Principal().getName()),
            new BigInteger(100, random),
            FROM,
            Date.from(until),
            new X500Name(edit.apply(request.getSubject().toString())),
            new JcaPKCS10CertificationRequest(request).getPublicKey());
    Extensions extensions = request.getRequestedExtensions();
    for (var oid : extensions.getExtensionOIDs()) {
      builder.addExtension(extensions.getExtension(oid));
    }
    return List.of(
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))),
        certificate);
  }
}
