// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.refcam.identity.CertificateRefusedException.Reason;
import org.refcam.keys.AssuranceLevel;

/**
 * Whether a chain that someone offers is this camera's. Immutable.
 *
 * <p>INV-IDENT-1. A certificate is installed only if it certifies this camera's own device key,
 * names its serial and its root's true level, and every signature of its chain fits. Holds against
 * whoever offers certificates. Whether the topmost issuer deserves trust is for the verifier: the
 * camera has no list of factories.
 */
final class CertificateCheck {
  private static final int MOST_CERTIFICATES = 5;
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  private final PublicKey deviceKey;
  private final String serial;
  private final AssuranceLevel level;

  CertificateCheck(PublicKey deviceKey, String serial, AssuranceLevel level) {
    this.deviceKey = deviceKey;
    this.serial = serial;
    this.level = level;
  }

  /** Reads PEM or DER certificates, the device's first. */
  static List<X509Certificate> parse(byte[] bytes) throws CertificateRefusedException {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (var certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))) {
        chain.add((X509Certificate) certificate);
      }
    } catch (CertificateException e) {
      throw new CertificateRefusedException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
    if (chain.isEmpty() || chain.size() > MOST_CERTIFICATES) {
      throw new CertificateRefusedException(Reason.MALFORMED, chain.size() + " certificates");
    }
    return chain;
  }

  void requireIdevid(List<X509Certificate> chain) throws CertificateRefusedException {
    X509Certificate leaf = chain.get(0);
    if (!leaf.getPublicKey().equals(deviceKey)) {
      throw new CertificateRefusedException(Reason.WRONG_KEY, "not this camera's device key");
    }
    if (!DeviceCertificates.serial(leaf).equals(serial)) {
      throw new CertificateRefusedException(Reason.WRONG_SERIAL, "not " + serial);
    }
    requireLevel(leaf);
    requireChain(chain);
  }

  void requireOperational(List<X509Certificate> chain, CertificateNames names, Instant now)
      throws CertificateRefusedException {
    X509Certificate leaf = chain.get(0);
    if (!leaf.getPublicKey().equals(deviceKey)) {
      throw new CertificateRefusedException(Reason.WRONG_KEY, "not this camera's device key");
    }
    // An operator's authority may choose the subject; what it says of the root must be true.
    if (!DeviceCertificates.level(leaf).isEmpty()) {
      requireLevel(leaf);
    }
    requireChain(chain);
    try {
      if (!names.coveredBy(leaf)
          || leaf.getExtendedKeyUsage() == null
          || !leaf.getExtendedKeyUsage().contains(SERVER_AUTH)) {
        throw new CertificateRefusedException(Reason.WRONG_NAMES, "not all of " + names);
      }
      leaf.checkValidity(Date.from(now));
    } catch (CertificateException e) {
      throw new CertificateRefusedException(Reason.NOT_VALID, String.valueOf(e.getMessage()));
    }
  }

  private void requireLevel(X509Certificate leaf) throws CertificateRefusedException {
    if (!DeviceCertificates.level(leaf).equals(level.word())) {
      throw new CertificateRefusedException(
          Reason.WRONG_ASSURANCE,
          "\"" + DeviceCertificates.level(leaf) + "\" is not this camera's level " + level.word());
    }
  }

  private static void requireChain(List<X509Certificate> chain) throws CertificateRefusedException {
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate subject = chain.get(i);
      boolean last = i == chain.size() - 1;
      X509Certificate issuer = last ? subject : chain.get(i + 1);
      boolean selfIssued =
          subject.getIssuerX500Principal().equals(subject.getSubjectX500Principal());
      if (last && !selfIssued) {
        continue; // the chain may end below a root that the verifier has
      }
      try {
        subject.verify(issuer.getPublicKey());
      } catch (GeneralSecurityException e) {
        throw new CertificateRefusedException(Reason.BROKEN_CHAIN, "signature " + i);
      }
      if (i > 0 && subject.getBasicConstraints() < 0) {
        throw new CertificateRefusedException(Reason.BROKEN_CHAIN, i + " is no authority");
      }
    }
  }
}
