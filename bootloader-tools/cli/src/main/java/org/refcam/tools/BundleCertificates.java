// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;

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

  X509CertificateHolder authority(EcdsaKey key, Duration life) throws IOException {
    return issue(
        AUTHORITY,
        AUTHORITY,
        key.publicKey(),
        key,
        life,
        true,
        KeyUsage.keyCertSign | KeyUsage.cRLSign);
  }

  /**
   * A certificate for code signing; for e-mail too, which is what SWUpdate looks for by default.
   */
  X509CertificateHolder signer(SubjectPublicKeyInfo publicKey, EcdsaKey authorityKey, Duration life)
      throws IOException {
    return issue(
        AUTHORITY, SIGNER, publicKey, authorityKey, life, false, KeyUsage.digitalSignature);
  }

  private X509CertificateHolder issue(
      X500Name issuer,
      X500Name subject,
      SubjectPublicKeyInfo info,
      EcdsaKey issuerKey,
      Duration life,
      boolean isAuthority,
      int usage)
      throws IOException {
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
  X509CRLHolder revocations(List<BigInteger> serials, EcdsaKey authorityKey) throws IOException {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(AUTHORITY, Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(CRL_TIME)));
    serials.forEach(s -> builder.addCRLEntry(s, Date.from(now), CRLReason.keyCompromise));
    return builder.build(contentSigner(authorityKey));
  }

  private static ContentSigner contentSigner(EcdsaKey key) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    return new ContentSigner() {
      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
      }

      @Override
      public OutputStream getOutputStream() {
        return message;
      }

      @Override
      public byte[] getSignature() {
        try {
          return key.sign(message.toByteArray());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
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
