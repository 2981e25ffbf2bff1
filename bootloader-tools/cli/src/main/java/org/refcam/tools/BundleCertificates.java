// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * The authority that names bundle signers: its certificate, theirs, and the list of those revoked.
 */
final class BundleCertificates {
  private static final int SERIAL_BITS = 120;
  private static final X500Name AUTHORITY = new X500Name("O=RefCam,CN=RefCam bundle authority");
  private static final X500Name SIGNER = new X500Name("O=RefCam,CN=RefCam bundle signing");
  private static final Duration CRL_TIME = Duration.ofDays(365L * 10);

  private final SecureRandom random;
  private final Instant now;

  BundleCertificates(SecureRandom random, Instant now) {
    this.random = random;
    this.now = now;
  }

  X509CertificateHolder authority(
      AsymmetricKeyParameter publicKey, AsymmetricKeyParameter privateKey, Duration life)
      throws IOException {
    return issue(
        AUTHORITY,
        AUTHORITY,
        publicKey,
        privateKey,
        life,
        true,
        KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  /**
   * A certificate for code signing; for e-mail too, which is what SWUpdate looks for by default.
   */
  X509CertificateHolder signer(
      AsymmetricKeyParameter publicKey, AsymmetricKeyParameter authorityKey, Duration life)
      throws IOException {
    return issue(
        AUTHORITY, SIGNER, publicKey, authorityKey, life, false, KeyUsage.digitalSignature);
  }

  private X509CertificateHolder issue(
      X500Name issuer,
      X500Name subject,
      AsymmetricKeyParameter publicKey,
      AsymmetricKeyParameter issuerKey,
      Duration life,
      boolean isAuthority,
      int usage)
      throws IOException {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey);
    X509ExtensionUtils ids = new BcX509ExtensionUtils();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(life)),
                subject,
                info)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority))
            .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
            .addExtension(
                Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(info));
    if (!isAuthority) {
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {
                KeyPurposeId.id_kp_codeSigning, KeyPurposeId.id_kp_emailProtection
              }));
    }
    return builder.build(contentSigner(issuerKey));
  }

  /** The list of revoked signers; it replaces every earlier one. */
  X509CRLHolder revocations(List<BigInteger> serials, AsymmetricKeyParameter authorityKey)
      throws IOException {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(AUTHORITY, Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(CRL_TIME)));
    serials.forEach(s -> builder.addCRLEntry(s, Date.from(now), CRLReason.keyCompromise));
    return builder.build(contentSigner(authorityKey));
  }

  private static ContentSigner contentSigner(AsymmetricKeyParameter key) throws IOException {
    var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
    try {
      return new BcECContentSignerBuilder(
              algorithm, new DefaultDigestAlgorithmIdentifierFinder().find(algorithm))
          .build(key);
    } catch (OperatorCreationException e) {
      throw new IOException("the authority's key does not sign", e);
    }
  }

  static String pem(Object... objects) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        pem.writeObject(object);
      }
    }
    return text.toString();
  }
}
