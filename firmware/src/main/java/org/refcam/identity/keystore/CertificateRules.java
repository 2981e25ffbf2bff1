// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity.keystore;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import org.refcam.identity.keystore.KeystoreException.Reason;

/** Which certificates the keystore takes, and which of them make a path. Stateless. */
final class CertificateRules {
  private static final int VERSION = 3;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_RSA_BITS = 8192;

  private CertificateRules() {}

  /**
   * Reads one certificate; its dates do not matter here (UploadCertificate).
   *
   * @throws KeystoreException BAD_CERTIFICATE, PUBLIC_KEY_ALGORITHM, SIGNATURE_ALGORITHM
   */
  static X509Certificate parse(byte[] der) throws KeystoreException {
    X509Certificate certificate = read(der);
    if (!SignatureAlgorithm.strong(certificate.getSigAlgOID())) {
      throw new KeystoreException(Reason.SIGNATURE_ALGORITHM);
    }
    if (!strong(certificate.getPublicKey())) {
      throw new KeystoreException(Reason.PUBLIC_KEY_ALGORITHM);
    }
    return certificate;
  }

  private static X509Certificate read(byte[] der) throws KeystoreException {
    if (der.length > Keystore.MOST_CERTIFICATE_BYTES) {
      throw new KeystoreException(Reason.BAD_CERTIFICATE);
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      // the JDK would take PEM as well, and bytes that follow
      if (certificate.getVersion() != VERSION || !Arrays.equals(certificate.getEncoded(), der)) {
        throw new KeystoreException(Reason.BAD_CERTIFICATE);
      }
      return certificate;
    } catch (CertificateException e) {
      throw new KeystoreException(Reason.BAD_CERTIFICATE, e);
    }
  }

  private static boolean strong(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
    }
    return key instanceof ECPublicKey; // the JDK knows P-256, P-384 and P-521 only
  }

  /**
   * @param path the certified key's certificate first
   * @throws KeystoreException BROKEN_PATH if one is not signed by the next, or the next is no
   *     authority
   */
  static void requirePath(List<X509Certificate> path) throws KeystoreException {
    for (int i = 0; i + 1 < path.size(); i++) {
      X509Certificate issuer = path.get(i + 1);
      if (issuer.getBasicConstraints() < 0) {
        throw new KeystoreException(Reason.BROKEN_PATH);
      }
      try {
        path.get(i).verify(issuer.getPublicKey());
      } catch (GeneralSecurityException e) {
        throw new KeystoreException(Reason.BROKEN_PATH, e);
      }
    }
  }
}
