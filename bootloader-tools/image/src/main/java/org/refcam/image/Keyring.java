// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;

/**
 * Who may sign bundles: certificates of signers or of authorities that issue to signers, and lists
 * of those revoked. Immutable.
 *
 * @param certificates at least one
 * @param revocations one of each authority that has one; the device keeps the newest it was given
 */
public record Keyring(List<X509CertificateHolder> certificates, List<X509CRLHolder> revocations) {
  private static final int OBJECTS_MAX = 32;

  public Keyring {
    certificates = List.copyOf(certificates);
    revocations = List.copyOf(revocations);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("a keyring without a certificate");
    }
  }

  /**
   * Reads PEM: CERTIFICATE and X509 CRL, in any order.
   *
   * @throws IOException if it is not PEM, holds nothing or something else
   */
  public static Keyring parse(String pem) throws IOException {
    List<X509CertificateHolder> certificates = new ArrayList<>();
    List<X509CRLHolder> revocations = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        if (object instanceof X509CertificateHolder certificate) {
          certificates.add(certificate);
        } else if (object instanceof X509CRLHolder revocation) {
          revocations.add(revocation);
        } else {
          throw new IOException("keyring: neither certificate nor revocation list");
        }
        if (certificates.size() + revocations.size() > OBJECTS_MAX) {
          throw new IOException("keyring: more than " + OBJECTS_MAX + " objects");
        }
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException("keyring: no certificate in it");
    }
    return new Keyring(certificates, revocations);
  }
}
