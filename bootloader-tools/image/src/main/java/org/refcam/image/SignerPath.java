// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * Leads a signer's certificate to the keyring: it lies there itself, byte for byte, or certificates
 * that came with the signature lead to an authority there. Every certificate on the way must be
 * valid at the reference time; every one that came with the signature must be on the way.
 *
 * <p>A small subset of RFC 5280, which refuses what it does not know: names are compared, critical
 * extensions other than the three checked here are refused, and name constraints and policies
 * therefore too.
 */
final class SignerPath {
  private static final int LENGTH_MAX = 4;
  private static final List<String> KNOWN_CRITICAL =
      List.of(
          Extension.basicConstraints.getId(),
          Extension.keyUsage.getId(),
          Extension.extendedKeyUsage.getId());

  private final Keyring keyring;
  private final Instant referenceTime;

  SignerPath(Keyring keyring, Instant referenceTime) {
    this.keyring = keyring;
    this.referenceTime = referenceTime;
  }

  /**
   * @param carried the certificates that came with the signature
   * @throws InvalidBundleException UNTRUSTED_SIGNER, SIGNER_EXPIRED, SIGNER_REVOKED
   */
  void require(X509CertificateHolder signer, List<X509CertificateHolder> carried)
      throws InvalidBundleException {
    requireMaySignCode(signer);
    List<X509CertificateHolder> unused = new ArrayList<>(carried);
    X509CertificateHolder current = signer;
    for (int i = 0; i < LENGTH_MAX; i++) {
      unused.remove(current);
      requireUsable(current);
      if (keyring.certificates().contains(current)) {
        unused.removeAll(keyring.certificates());
        requireNoneLeft(unused);
        return;
      }
      X509CertificateHolder subject = current;
      current =
          issuer(subject, keyring.certificates())
              .or(() -> issuer(subject, carried))
              .orElseThrow(() -> untrusted(subject.getSubject() + " leads to nobody we trust"));
    }
    throw untrusted("the way to the keyring is longer than " + LENGTH_MAX);
  }

  private static void requireNoneLeft(List<X509CertificateHolder> unused)
      throws InvalidBundleException {
    if (!unused.isEmpty()) {
      throw untrusted("a certificate that nobody needs: " + unused.get(0).getSubject());
    }
  }

  private void requireUsable(X509CertificateHolder certificate) throws InvalidBundleException {
    if (!certificate.isValidOn(Date.from(referenceTime))) {
      throw new InvalidBundleException(
          Reason.SIGNER_EXPIRED, certificate.getSubject() + " is not valid on " + referenceTime);
    }
    for (Object critical : certificate.getCriticalExtensionOIDs()) {
      if (!KNOWN_CRITICAL.contains(critical.toString())) {
        throw untrusted("a critical extension that we do not know: " + critical);
      }
    }
    for (X509CRLHolder list : keyring.revocations()) {
      if (list.getIssuer().equals(certificate.getIssuer())
          && isIssuedByTrusted(list)
          && list.getRevokedCertificate(certificate.getSerialNumber()) != null) {
        throw new InvalidBundleException(
            Reason.SIGNER_REVOKED, certificate.getSubject() + " is revoked");
      }
    }
  }

  /** A revocation list that no authority of the keyring signed says nothing. */
  private boolean isIssuedByTrusted(X509CRLHolder list) {
    return keyring.certificates().stream()
        .filter(authority -> authority.getSubject().equals(list.getIssuer()))
        .anyMatch(authority -> verifies(authority, list::isSignatureValid));
  }

  private static Optional<X509CertificateHolder> issuer(
      X509CertificateHolder certificate, List<X509CertificateHolder> among) {
    return among.stream()
        .filter(authority -> authority.getSubject().equals(certificate.getIssuer()))
        .filter(SignerPath::isAuthority)
        .filter(authority -> verifies(authority, certificate::isSignatureValid))
        .findFirst();
  }

  private static boolean isAuthority(X509CertificateHolder certificate) {
    BasicConstraints constraints =
        certificate.getExtensions() == null
            ? null
            : BasicConstraints.fromExtensions(certificate.getExtensions());
    KeyUsage usage =
        certificate.getExtensions() == null
            ? null
            : KeyUsage.fromExtensions(certificate.getExtensions());
    return constraints != null
        && constraints.isCA()
        && (usage == null || usage.hasUsages(KeyUsage.keyCertSign));
  }

  private static void requireMaySignCode(X509CertificateHolder signer)
      throws InvalidBundleException {
    if (signer.getExtensions() == null) {
      return;
    }
    KeyUsage usage = KeyUsage.fromExtensions(signer.getExtensions());
    if (usage != null && !usage.hasUsages(KeyUsage.digitalSignature)) {
      throw untrusted("its certificate is not for signatures");
    }
    ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(signer.getExtensions());
    // SWUpdate's own default is e-mail protection, so certificates made for it may carry only that.
    if (purposes != null
        && !purposes.hasKeyPurposeId(KeyPurposeId.id_kp_codeSigning)
        && !purposes.hasKeyPurposeId(KeyPurposeId.id_kp_emailProtection)
        && !purposes.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage)) {
      throw untrusted("its certificate is for " + Arrays.toString(purposes.getUsages()));
    }
  }

  /** One signature check of Bouncy Castle. */
  private interface Check {
    boolean isValid(ContentVerifierProvider provider) throws CertException;
  }

  private static boolean verifies(X509CertificateHolder authority, Check check) {
    try {
      return check.isValid(
          new JcaContentVerifierProviderBuilder()
              .build(new JcaX509CertificateConverter().getCertificate(authority)));
    } catch (CertException | OperatorCreationException | CertificateException e) {
      return false; // an unreadable key or an unknown algorithm proves nothing
    }
  }

  private static InvalidBundleException untrusted(String detail) {
    return new InvalidBundleException(Reason.UNTRUSTED_SIGNER, detail);
  }
}
