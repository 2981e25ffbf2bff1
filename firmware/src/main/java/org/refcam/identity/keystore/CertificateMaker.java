// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity.keystore;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.refcam.identity.keystore.KeystoreContents.Key;
import org.refcam.identity.keystore.KeystoreException.Reason;

/** Makes keys, and what they sign about themselves. Safe from any thread. */
final class CertificateMaker {
  private static final int SERIAL_BITS = 127;

  private final SecureRandom random;

  CertificateMaker(SecureRandom random) {
    this.random = random;
  }

  KeyPair p256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has P-256", e);
    }
  }

  /** A certification request (RFC 2986) in DER. */
  byte[] request(
      Key key, X500Name subject, List<Attribute> attributes, SignatureAlgorithm algorithm)
      throws KeystoreException, IOException {
    ContentSigner signer = signer(key, algorithm);
    PKCS10CertificationRequestBuilder builder =
        new PKCS10CertificationRequestBuilder(subject, publicKey(key));
    attributes.forEach(one -> builder.addAttribute(one.getAttrType(), one.getAttributeValues()));
    return builder.build(signer).getEncoded();
  }

  /**
   * @throws KeystoreException BAD_ATTRIBUTE if an extension is there twice
   */
  X509Certificate selfSigned(
      Key key,
      X500Name subject,
      Instant from,
      Instant until,
      List<Extension> extensions,
      SignatureAlgorithm algorithm)
      throws KeystoreException, IOException {
    ContentSigner signer = signer(key, algorithm);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
            Date.from(from),
            Date.from(until),
            subject,
            publicKey(key));
    try {
      for (Extension extension : extensions) {
        builder.addExtension(extension);
      }
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new KeystoreException(Reason.BAD_ATTRIBUTE, e);
    }
  }

  /**
   * @throws KeystoreException NO_PRIVATE_KEY if only its public half is here
   */
  static PrivateKey privateKey(Key key) throws KeystoreException, GeneralSecurityException {
    if (!key.complete()) {
      throw new KeystoreException(Reason.NO_PRIVATE_KEY);
    }
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(KeystoreContents.bytes(key.privateKey())));
  }

  private static ContentSigner signer(Key key, SignatureAlgorithm algorithm)
      throws KeystoreException, IOException {
    try {
      return new JcaContentSignerBuilder(algorithm.jcaName()).build(privateKey(key));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("the key " + key.id() + " does not sign", e);
    }
  }

  private static SubjectPublicKeyInfo publicKey(Key key) {
    return SubjectPublicKeyInfo.getInstance(KeystoreContents.bytes(key.publicKey()));
  }
}
