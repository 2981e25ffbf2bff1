// SPDX-License-Identifier: Apache-2.0
package org.refcam.identity;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.refcam.crypto.Sha256;

/**
 * A certificate that TLS can show, its issuers, and the private key that belongs to it, which may
 * be inside hardware. Immutable.
 */
public final class TlsPath {
  private final String alias;
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  /**
   * @param alias names it in a handshake; another for each key
   * @param chain the server's certificate first; at least that
   */
  public TlsPath(String alias, PrivateKey key, List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a path has a certificate");
    }
    this.alias = alias;
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  String alias() {
    return alias;
  }

  PrivateKey privateKey() {
    return key;
  }

  public List<X509Certificate> chain() {
    return chain;
  }

  /** What certifies the key. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Whether nobody but its own key vouches for the certificate. */
  public boolean selfSigned() {
    return certificate().getIssuerX500Principal().equals(certificate().getSubjectX500Principal());
  }

  /** Lower-case hexadecimal, of the certificate's DER encoding. */
  public String sha256() {
    try {
      return Sha256.hex(certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError("a certificate that was parsed can be encoded", e);
    }
  }

  /** Whether every certificate of it is within its time. */
  public boolean validAt(Instant now) {
    return chain.stream()
        .noneMatch(
            one ->
                now.isBefore(one.getNotBefore().toInstant())
                    || now.isAfter(one.getNotAfter().toInstant()));
  }

  /** Names it without its key. */
  @Override
  public String toString() {
    return alias + " " + sha256();
  }
}
