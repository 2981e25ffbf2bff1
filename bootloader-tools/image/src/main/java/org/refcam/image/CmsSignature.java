// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * A detached CMS signature (RFC 5652) over the description, as {@code openssl cms -sign -outform
 * DER} makes it.
 *
 * <p>Beyond the signature itself it must be DER, with one signer, nothing unsigned but the
 * certificates, and no algorithm named differently in two places: so that no byte of it can be
 * changed without being noticed.
 */
final class CmsSignature {
  private static final Set<String> DIGESTS =
      Set.of(
          NISTObjectIdentifiers.id_sha256.getId(),
          NISTObjectIdentifiers.id_sha384.getId(),
          NISTObjectIdentifiers.id_sha512.getId());
  static final Set<String> SIGNATURES =
      Set.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256.getId(),
          X9ObjectIdentifiers.ecdsa_with_SHA384.getId(),
          X9ObjectIdentifiers.ecdsa_with_SHA512.getId(),
          PKCSObjectIdentifiers.rsaEncryption.getId(),
          PKCSObjectIdentifiers.sha256WithRSAEncryption.getId());
  private static final int BY_ISSUER = 1;
  private static final int BY_KEY_ID = 3;

  private final SignedData data;
  private final SignerInfo signer;
  private final byte[] der;

  private CmsSignature(SignedData data, SignerInfo signer, byte[] der) {
    this.data = data;
    this.signer = signer;
    this.der = der;
  }

  /**
   * @throws InvalidBundleException SIGNATURE_FORMAT
   */
  static CmsSignature parse(byte[] der) throws InvalidBundleException {
    try {
      ASN1Primitive object = ASN1Primitive.fromByteArray(der);
      if (!Arrays.equals(object.getEncoded(ASN1Encoding.DER), der)) {
        throw format("not DER");
      }
      ContentInfo info = ContentInfo.getInstance(object);
      require(info.getContentType().equals(CMSObjectIdentifiers.signedData), "not signed data");
      SignedData data = SignedData.getInstance(info.getContent());
      require(data.getSignerInfos().size() == 1, "not one signer");
      SignerInfo signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
      // Bouncy Castle reads some fields whatever their tag is; its own writing shows the right one.
      require(
          isWrittenSame(data, info.getContent())
              && isWrittenSame(signer, data.getSignerInfos().getObjectAt(0)),
          "fields under other tags");
      requireShape(data, signer);
      return new CmsSignature(data, signer, der);
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle answers ill-formed structures with many unchecked types.
      throw new InvalidBundleException(Reason.SIGNATURE_FORMAT, "not CMS in DER", e);
    }
  }

  private static boolean isWrittenSame(ASN1Object parsed, ASN1Encodable raw) throws IOException {
    return Arrays.equals(
        parsed.getEncoded(ASN1Encoding.DER), raw.toASN1Primitive().getEncoded(ASN1Encoding.DER));
  }

  private static void requireShape(SignedData data, SignerInfo signer)
      throws InvalidBundleException {
    require(
        data.getEncapContentInfo().getContentType().equals(CMSObjectIdentifiers.data)
            && data.getEncapContentInfo().getContent() == null,
        "not detached");
    require(isEmpty(data.getCRLs()), "revocation lists in the signature");
    require(isEmpty(signer.getUnauthenticatedAttributes()), "unsigned attributes");
    int version = signer.getVersion().intValueExact();
    require(
        version == (signer.getSID().isTagged() ? BY_KEY_ID : BY_ISSUER)
            && data.getVersion().intValueExact() == version,
        "versions " + version + " and " + data.getVersion());
    AlgorithmIdentifier digest = signer.getDigestAlgorithm();
    require(DIGESTS.contains(digest.getAlgorithm().getId()), "digest " + digest.getAlgorithm());
    require(hasNoParameters(digest), "digest parameters");
    require(
        data.getDigestAlgorithms().size() == 1
            && data.getDigestAlgorithms()
                .getObjectAt(0)
                .toASN1Primitive()
                .equals(digest.toASN1Primitive()),
        "another digest for the whole than for the signer");
    AlgorithmIdentifier signature = signer.getDigestEncryptionAlgorithm();
    require(
        SIGNATURES.contains(signature.getAlgorithm().getId()),
        "signature " + signature.getAlgorithm());
    require(hasNoParameters(signature), "signature parameters");
  }

  /**
   * Checks the signature and the way from its signer to the keyring.
   *
   * @return the signer's certificate
   * @throws InvalidBundleException SIGNATURE, UNTRUSTED_SIGNER, SIGNER_EXPIRED, SIGNER_REVOKED
   */
  X509CertificateHolder require(byte[] content, Keyring keyring, Instant referenceTime)
      throws InvalidBundleException {
    try {
      CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(content), der);
      SignerInformation information = signed.getSignerInfos().iterator().next();
      List<X509CertificateHolder> carried =
          new ArrayList<>(signed.getCertificates().getMatches(null));
      require(
          carried.size() == (data.getCertificates() == null ? 0 : data.getCertificates().size()),
          "something beside certificates");
      X509CertificateHolder certificate = signerCertificate(information, carried, keyring);
      new SignerPath(keyring, referenceTime).require(certificate, carried);
      if (!information.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate))) {
        throw new InvalidBundleException(Reason.SIGNATURE, "the signature is not the signer's");
      }
      return certificate;
    } catch (CMSException | OperatorCreationException | CertificateException e) {
      throw new InvalidBundleException(Reason.SIGNATURE, "the signature does not verify", e);
    } catch (RuntimeException e) {
      // Bouncy Castle answers keys and signatures that do not fit with many unchecked types.
      throw new InvalidBundleException(Reason.SIGNATURE, "the signature is malformed", e);
    }
  }

  private static X509CertificateHolder signerCertificate(
      SignerInformation signer, Collection<X509CertificateHolder> carried, Keyring keyring)
      throws InvalidBundleException {
    return Stream.concat(carried.stream(), keyring.certificates().stream())
        .filter(certificate -> signer.getSID().match(certificate))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidBundleException(
                    Reason.UNTRUSTED_SIGNER, "nobody knows the signer's certificate"));
  }

  private static boolean isEmpty(ASN1Set set) {
    return set == null || set.size() == 0;
  }

  private static boolean hasNoParameters(AlgorithmIdentifier algorithm) {
    return algorithm.getParameters() == null || algorithm.getParameters().equals(DERNull.INSTANCE);
  }

  private static void require(boolean holds, String detail) throws InvalidBundleException {
    if (!holds) {
      throw format(detail);
    }
  }

  private static InvalidBundleException format(String detail) {
    return new InvalidBundleException(Reason.SIGNATURE_FORMAT, "signature: " + detail);
  }
}
