// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with its key, made for one test. */
record TestPki(X509CertificateHolder certificate, KeyPair keys, List<X509CertificateHolder> chain)
    implements BundleSigner {
  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  static TestPki authority(String name) throws Exception {
    KeyPair keys = generate();
    return new TestPki(
        certificate(name, keys, name, keys, true, KeyPurposeId.id_kp_codeSigning), keys, List.of());
  }

  TestPki issue(String name, KeyPurposeId purpose) throws Exception {
    KeyPair own = generate();
    X509CertificateHolder issued =
        certificate(
            name, own, certificate.getSubject().toString().substring(3), keys, false, purpose);
    return new TestPki(issued, own, List.of(issued));
  }

  TestPki issueAuthority(String name) throws Exception {
    KeyPair own = generate();
    X509CertificateHolder issued =
        certificate(
            name,
            own,
            certificate.getSubject().toString().substring(3),
            keys,
            true,
            KeyPurposeId.id_kp_codeSigning);
    return new TestPki(issued, own, List.of(issued));
  }

  TestPki carrying(X509CertificateHolder... all) {
    return new TestPki(certificate, keys, List.of(all));
  }

  Keyring keyring() {
    return new Keyring(List.of(certificate), List.of());
  }

  X509CRLHolder revoke(X509CertificateHolder revoked) throws OperatorCreationException {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(certificate.getSubject(), Date.from(NOW));
    builder.addCRLEntry(revoked.getSerialNumber(), Date.from(NOW), CRLReason.keyCompromise);
    return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
  }

  @Override
  public List<X509CertificateHolder> certificates() {
    return chain;
  }

  @Override
  public byte[] sign(byte[] message) throws IOException {
    try {
      java.security.Signature signature = java.security.Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static KeyPair generate() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509CertificateHolder certificate(
      String name,
      KeyPair own,
      String issuer,
      KeyPair issuerKeys,
      boolean authority,
      KeyPurposeId purpose)
      throws CertIOException, OperatorCreationException {
    return new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            new BigInteger(62, new java.security.SecureRandom()).add(BigInteger.ONE),
            Date.from(NOW.minusSeconds(3600)),
            Date.from(NOW.plusSeconds(3600)),
            new X500Name("CN=" + name),
            own.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority))
        .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()));
  }
}
