// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the log's records are sent as they are written, if the owner wants that. Immutable.
 *
 * @param enabled off by default
 * @param host name or IP address
 * @param port TCP; 6514 is syslog's over TLS
 * @param country ISO 3166-1 alpha-2, where the owner declares the receiver to be
 * @param certificateSha256 of the receiver's certificate, 64 hex digits; or empty
 * @param caCertificate who has to have signed it, in PEM; or empty
 */
public record Forwarding(
    boolean enabled,
    String host,
    int port,
    String country,
    String certificateSha256,
    String caCertificate) {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int MOST_PEM = 16 << 10;
  private static final String PEM_BEGIN = "-----BEGIN CERTIFICATE-----";

  /** Nothing is sent. Stands behind what its constructor needs. */
  public static final Forwarding OFF = new Forwarding(false, "", 6514, "", "", "");

  /**
   * @throws InvalidForwardingException naming the first field that is not valid
   */
  public Forwarding(
      boolean enabled,
      @Nullable String host,
      int port,
      @Nullable String country,
      @Nullable String certificateSha256,
      @Nullable String caCertificate) {
    this.enabled = enabled;
    this.host = host == null ? "" : host.strip();
    this.port = port;
    this.country = country == null ? "" : country;
    this.certificateSha256 =
        certificateSha256 == null
            ? ""
            : certificateSha256.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    this.caCertificate = caCertificate == null ? "" : caCertificate.strip();
    boolean pin = !this.certificateSha256.isEmpty();
    boolean ca = !this.caCertificate.isEmpty();
    require(
        this.host.matches("[A-Za-z0-9.:-]{0,253}") && !(enabled && this.host.isEmpty()), "host");
    require(port >= 1 && port <= 0xFFFF, "port");
    require(COUNTRIES.contains(this.country) || !enabled && this.country.isEmpty(), "country");
    require(!pin || this.certificateSha256.matches("[0-9a-f]{64}"), "certificateSha256");
    boolean pem = this.caCertificate.startsWith(PEM_BEGIN);
    require(!ca || pem && this.caCertificate.length() <= MOST_PEM, "caCertificate");
    require(!enabled || pin != ca, "certificateSha256");
  }

  private static void require(boolean valid, String field) {
    if (!valid) {
      throw new InvalidForwardingException(field);
    }
  }

  /** A value that forwarding does not take. */
  public static final class InvalidForwardingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String field;

    InvalidForwardingException(String field) {
      super("invalid " + field);
      this.field = field;
    }

    public String field() {
      return field;
    }
  }
}
