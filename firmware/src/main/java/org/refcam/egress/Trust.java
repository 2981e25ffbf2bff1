// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.refcam.crypto.PeerTrust;

/**
 * By what a destination is recognised. With neither, by the platform's certification authorities
 * and its name. Immutable.
 *
 * @param certificateSha256 of its own certificate, 64 hex digits; or empty
 * @param caCertificate PEM of who has to have signed it; or empty
 */
public record Trust(String certificateSha256, String caCertificate) {
  private static final int MOST_PEM = 16 << 10;
  private static final String PEM_BEGIN = "-----BEGIN CERTIFICATE-----";

  /** By the platform's authorities. */
  public static final Trust PLATFORM = new Trust("", "");

  /**
   * @throws InvalidDestinationException naming the field that is not valid
   */
  public Trust(@Nullable String certificateSha256, @Nullable String caCertificate) {
    this.certificateSha256 =
        certificateSha256 == null
            ? ""
            : certificateSha256.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    this.caCertificate = caCertificate == null ? "" : caCertificate.strip();
    boolean pin = !this.certificateSha256.isEmpty();
    boolean ca = !this.caCertificate.isEmpty();
    InvalidDestinationException.require(
        !pin || this.certificateSha256.matches("[0-9a-f]{64}"), "certificateSha256");
    boolean pem = this.caCertificate.startsWith(PEM_BEGIN);
    InvalidDestinationException.require(
        !ca || (pem && !pin && this.caCertificate.length() <= MOST_PEM), "caCertificate");
  }

  /**
   * As JSSE takes it; null for the platform's authorities.
   *
   * @throws IOException if the CA certificate is none
   */
  @Nullable TrustManager manager() throws IOException {
    if (!certificateSha256.isEmpty()) {
      return PeerTrust.certificate(certificateSha256);
    }
    return caCertificate.isEmpty()
        ? null
        : PeerTrust.issuedBy(caCertificate.getBytes(StandardCharsets.US_ASCII));
  }
}
