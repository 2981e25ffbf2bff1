// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity.keystore;

import java.util.Set;
import java.util.stream.Stream;
import org.refcam.identity.keystore.KeystoreException.Reason;

/** How the keystore's own keys sign (RFC 5758, 3.2). */
public enum SignatureAlgorithm {
  ECDSA_SHA256("1.2.840.10045.4.3.2", "SHA256withECDSA"),
  ECDSA_SHA384("1.2.840.10045.4.3.3", "SHA384withECDSA"),
  ECDSA_SHA512("1.2.840.10045.4.3.4", "SHA512withECDSA");

  /** RSA with SHA-256, 384 and 512 (RFC 8017, A.2.4): authorities may sign so, our keys cannot. */
  private static final Set<String> RSA =
      Set.of("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13");

  private final String oid;
  private final String name;

  SignatureAlgorithm(String oid, String name) {
    this.oid = oid;
    this.name = name;
  }

  /** Numbers with dots. */
  public String oid() {
    return oid;
  }

  /** As the JDK calls it. */
  String jcaName() {
    return name;
  }

  /**
   * @throws KeystoreException KEY_MISMATCH if it is one of RSA, SIGNATURE_ALGORITHM if it is weak
   *     or unknown
   */
  public static SignatureAlgorithm require(String oid) throws KeystoreException {
    if (RSA.contains(oid)) {
      throw new KeystoreException(Reason.KEY_MISMATCH);
    }
    return Stream.of(values())
        .filter(one -> one.oid.equals(oid))
        .findFirst()
        .orElseThrow(() -> new KeystoreException(Reason.SIGNATURE_ALGORITHM));
  }

  /** Whether a certificate may be signed so by its authority. */
  static boolean strong(String oid) {
    return RSA.contains(oid) || Stream.of(values()).anyMatch(one -> one.oid.equals(oid));
  }
}
