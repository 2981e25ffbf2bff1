// SPDX-License-Identifier: Apache-2.0
package org.refcam.fleet;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.Destination;
import org.refcam.egress.InvalidDestinationException;
import org.refcam.egress.Purpose;
import org.refcam.egress.Trust;

/**
 * Which server manages this camera, as the owner set it. Immutable; kept sealed, for its token.
 *
 * @param enabled whether the server is asked
 * @param url of the server: scheme, host and, if need be, port and path; {@code
 *     /TENANT/controller/v1/ID} follows it
 * @param tenant of the server
 * @param controllerId by which the server knows this camera
 * @param authentication {@code certificate} shows the device certificate, {@code target-token} and
 *     {@code gateway-token} send the token
 * @param token of the target or the gateway; empty with a certificate
 * @param confirmation {@code automatic}, or {@code owner} to ask a person where the server asks for
 *     confirmation
 * @param country where the server stands
 * @param local whether it stands in the own network; only then it may be called without TLS
 * @param certificateSha256 of its certificate; or empty
 * @param caCertificate PEM of who signed that; or empty, for the platform's authorities
 */
public record FleetSettings(
    boolean enabled,
    String url,
    String tenant,
    String controllerId,
    String authentication,
    String token,
    String confirmation,
    String country,
    boolean local,
    String certificateSha256,
    String caCertificate) {
  public static final String CERTIFICATE = "certificate";
  public static final String TARGET_TOKEN = "target-token";
  public static final String GATEWAY_TOKEN = "gateway-token";
  public static final String ASK_OWNER = "owner";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,256}");
  private static final int URL_MAX = 512;

  /** Nobody is asked. Stands behind what its constructor needs. */
  public static final FleetSettings OFF =
      new FleetSettings(
          false, "", "DEFAULT", "", TARGET_TOKEN, "", "automatic", "ZZ", false, "", "");

  /**
   * @throws InvalidDestinationException naming the first field that is not valid
   */
  public FleetSettings(
      boolean enabled,
      @Nullable String url,
      @Nullable String tenant,
      @Nullable String controllerId,
      @Nullable String authentication,
      @Nullable String token,
      @Nullable String confirmation,
      @Nullable String country,
      boolean local,
      @Nullable String certificateSha256,
      @Nullable String caCertificate) {
    this.enabled = enabled;
    this.url = text(url).replaceAll("/+$", "");
    this.tenant = text(tenant).isEmpty() ? "DEFAULT" : text(tenant);
    this.controllerId = text(controllerId);
    this.authentication = text(authentication);
    this.token = text(token);
    this.confirmation = text(confirmation);
    this.country = text(country);
    this.local = local;
    this.certificateSha256 = text(certificateSha256);
    this.caCertificate = text(caCertificate);
    require(
        isWord(this.authentication, CERTIFICATE, TARGET_TOKEN, GATEWAY_TOKEN), "authentication");
    require(isWord(this.confirmation, "automatic", ASK_OWNER), "confirmation");
    if (enabled) {
      require(isServer(this.url, local), "url");
      require(NAME.matcher(this.tenant).matches(), "tenant");
      require(NAME.matcher(this.controllerId).matches(), "controllerId");
      require(
          this.authentication.equals(CERTIFICATE) || TOKEN.matcher(this.token).matches(), "token");
      destination();
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }

  private static boolean isWord(String text, String... words) {
    return List.of(words).contains(text);
  }

  private static void require(boolean holds, String field) {
    if (!holds) {
      throw new InvalidDestinationException(field);
    }
  }

  /** A token in the clear would be anybody's on the way: http only in the own network. */
  private static boolean isServer(String url, boolean local) {
    if (url.length() > URL_MAX || !url.toLowerCase(Locale.ROOT).matches("https?://[!-~]+")) {
      return false;
    }
    try {
      URI uri = URI.create(url);
      boolean plain = "http".equalsIgnoreCase(uri.getScheme());
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && (!plain || local);
    } catch (IllegalArgumentException e) {
      return false; // said by the field's name
    }
  }

  /** Where the server is asked about this camera. */
  URI base() {
    return URI.create(url + "/" + tenant + "/controller/v1/" + controllerId);
  }

  /** What the way out has to allow; empty while nobody is asked. */
  public List<Destination> destinations() {
    return enabled ? List.of(destination()) : List.of();
  }

  private Destination destination() {
    URI server = URI.create(url);
    return new Destination(
        Origin.host(server),
        Origin.port(server),
        Purpose.FLEET,
        country,
        local,
        new Trust(certificateSha256, caCertificate));
  }

  /** With the token of earlier settings, if none is given and it is of the same server. */
  public FleetSettings keepingTokenOf(FleetSettings before) {
    boolean keeps = token.isEmpty() && url.equals(before.url) && tenant.equals(before.tenant);
    return keeps ? with(enabled, before.token) : this;
  }

  public FleetSettings enabled(boolean on) {
    return with(on, token);
  }

  private FleetSettings with(boolean on, String secret) {
    return new FleetSettings(
        on,
        url,
        tenant,
        controllerId,
        authentication,
        secret,
        confirmation,
        country,
        local,
        certificateSha256,
        caCertificate);
  }
}
