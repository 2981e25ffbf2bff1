// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.crypto.Sha256;
import org.refcam.fit.FitAlgorithm;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitSigner;

/**
 * PKCS #7 SignedData of version 1.5, as UEFI reads it: one signer, RSA with PKCS #1 v1.5 and
 * SHA-256, its certificate inside, no time. (CMS wraps other content in an OCTET STRING, which
 * firmware does not expect; so this is written here.) Same inputs, same bytes. Stateless.
 */
final class Pkcs7 {
  private static final ASN1Integer VERSION_1 = new ASN1Integer(BigInteger.ONE);
  private static final AlgorithmIdentifier RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

  private final FitSigner signer;
  private final X509CertificateHolder certificate;

  /**
   * @throws IllegalArgumentException unless it is RSA with PKCS #1 v1.5, and the certificate is of
   *     its key
   */
  Pkcs7(FitSigner signer, X509CertificateHolder certificate) throws IOException {
    byte[] key = certificate.getSubjectPublicKeyInfo().getEncoded(ASN1Encoding.DER);
    if (!FitAlgorithm.of(signer.publicKey()).isRsa() || signer.padding() != FitPadding.PKCS1_1_5) {
      throw new IllegalArgumentException("UEFI verifies RSA with PKCS#1 v1.5");
    }
    if (!Arrays.equals(key, signer.publicKey().getEncoded())) {
      throw new IllegalArgumentException("the certificate is of another key");
    }
    this.signer = signer;
    this.certificate = certificate;
  }

  /** SignedData over a structure that is inside, with its type and digest as signed attributes. */
  ASN1Sequence enveloping(ASN1ObjectIdentifier type, ASN1Sequence content) throws IOException {
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(attribute(CMSAttributes.contentType, type));
    attributes.add(
        attribute(
            CMSAttributes.messageDigest,
            new DEROctetString(Sha256.of(Authenticode.digested(content)))));
    ASN1Set signed = new DERSet(attributes);
    byte[] signature = signer.sign(signed.getEncoded(ASN1Encoding.DER));
    return signedData(
        new DERSequence(new ASN1Encodable[] {type, new DERTaggedObject(true, 0, content)}),
        Optional.of(signed),
        signature);
  }

  /** SignedData over a message that is elsewhere, without attributes. */
  ASN1Sequence detached(byte[] message) throws IOException {
    return signedData(
        new DERSequence(PKCSObjectIdentifiers.data), Optional.empty(), signer.sign(message));
  }

  /** SignedData as ContentInfo. */
  static byte[] contentInfo(ASN1Sequence signedData) throws IOException {
    return new DERSequence(
            new ASN1Encodable[] {
              PKCSObjectIdentifiers.signedData, new DERTaggedObject(true, 0, signedData)
            })
        .getEncoded(ASN1Encoding.DER);
  }

  private ASN1Sequence signedData(
      ASN1Sequence contentInfo, Optional<ASN1Set> attributes, byte[] signature) {
    ASN1EncodableVector info = new ASN1EncodableVector();
    info.add(VERSION_1);
    info.add(
        new DERSequence(
            new ASN1Encodable[] {
              certificate.getIssuer(), new ASN1Integer(certificate.getSerialNumber())
            }));
    info.add(Authenticode.SHA256);
    attributes.ifPresent(set -> info.add(new DERTaggedObject(false, 0, set)));
    info.add(RSA);
    info.add(new DEROctetString(signature));
    return new DERSequence(
        new ASN1Encodable[] {
          VERSION_1,
          new DERSet(Authenticode.SHA256),
          contentInfo,
          new DERTaggedObject(false, 0, new DERSet(certificate.toASN1Structure())),
          new DERSet(new DERSequence(info))
        });
  }

  private static ASN1Sequence attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new DERSequence(new ASN1Encodable[] {type, new DERSet(value)});
  }
}
