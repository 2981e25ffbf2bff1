// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.refcam.egress.Destination;
import org.refcam.egress.InvalidDestinationException;
import org.refcam.egress.Purpose;
import org.refcam.egress.Trust;

/**
 * Where recordings are copied to, if the owner wants that. Immutable; its text shows no secret.
 *
 * @param enabled off by default
 * @param kind {@code s3} or {@code sftp}
 * @param country ISO 3166-1 alpha-2, where the owner declares the store to be
 * @param local whether it stands in the camera's own network
 * @param place bucket, or directory on the server
 * @param region of S3; such as {@code us-east-1}
 * @param pathStyle whether the bucket stands in the path rather than before the host name
 * @param user access key, or user name
 * @param secret secret key, or password; empty if {@code privateKey} is given
 * @param privateKey of SFTP, in OpenSSH's or PEM form without passphrase; or empty
 * @param hostKeySha256 of SFTP: {@code SHA256:...} as ssh-keygen prints it
 * @param certificateSha256 of S3; or empty
 * @param caCertificate of S3, PEM; or empty, for the platform's authorities
 * @param recipient the owner's public recovery key, {@code age1...}
 * @param kilobytesPerSecond at most sent, 64 to 100,000
 */
public record RemoteSettings(
    boolean enabled,
    String kind,
    String host,
    int port,
    String country,
    boolean local,
    String place,
    String region,
    boolean pathStyle,
    String user,
    String secret,
    String privateKey,
    String hostKeySha256,
    String certificateSha256,
    String caCertificate,
    String recipient,
    int kilobytesPerSecond) {
  private static final int LONGEST = 512;
  private static final int LONGEST_KEY = 16 << 10;
  private static final int LEAST_RATE = 64;
  private static final int MOST_RATE = 100_000;
  private static final int USUAL_RATE = 2048;

  /** Nothing is copied. Stands behind what its constructor needs. */
  public static final RemoteSettings OFF =
      new RemoteSettings(
          false,
          "s3",
          "",
          443,
          "",
          false,
          "",
          "us-east-1",
          true,
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          USUAL_RATE);

  /**
   * @throws InvalidDestinationException naming the first field that is not valid
   */
  public RemoteSettings(
      boolean enabled,
      @Nullable String kind,
      @Nullable String host,
      int port,
      @Nullable String country,
      boolean local,
      @Nullable String place,
      @Nullable String region,
      boolean pathStyle,
      @Nullable String user,
      @Nullable String secret,
      @Nullable String privateKey,
      @Nullable String hostKeySha256,
      @Nullable String certificateSha256,
      @Nullable String caCertificate,
      @Nullable String recipient,
      int kilobytesPerSecond) {
    this.enabled = enabled;
    this.kind = kind == null ? "s3" : kind;
    this.host = host == null ? "" : host.strip().toLowerCase(Locale.ROOT);
    this.port = port;
    this.country = country == null ? "" : country;
    this.local = local;
    this.place = place == null ? "" : place.strip();
    this.region = region == null ? "" : region.strip();
    this.pathStyle = pathStyle;
    this.user = user == null ? "" : user.strip();
    this.secret = secret == null ? "" : secret;
    this.privateKey = privateKey == null ? "" : privateKey.strip();
    this.hostKeySha256 = hostKeySha256 == null ? "" : hostKeySha256.strip();
    this.certificateSha256 = certificateSha256 == null ? "" : certificateSha256;
    this.caCertificate = caCertificate == null ? "" : caCertificate;
    this.recipient = recipient == null ? "" : recipient.strip();
    this.kilobytesPerSecond = kilobytesPerSecond == 0 ? USUAL_RATE : kilobytesPerSecond;
    boolean sftp = this.kind.equals("sftp");
    require(sftp || this.kind.equals("s3"), "kind");
    require(isText(this.user, LONGEST), "user");
    require(isText(this.secret, LONGEST), "secret");
    require(this.privateKey.length() <= LONGEST_KEY, "privateKey");
    require(
        this.kilobytesPerSecond >= LEAST_RATE && this.kilobytesPerSecond <= MOST_RATE,
        "kilobytesPerSecond");
    if (enabled) {
      destination();
      String bucket = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
      String directory = "/?[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*";
      require(this.place.matches(sftp ? directory : bucket) && !this.place.contains(".."), "place");
      require(sftp || this.region.matches("[a-z0-9-]{1,32}"), "region");
      require(!this.user.isEmpty(), "user");
      boolean withKey = sftp && !this.privateKey.isEmpty();
      require(withKey != !this.secret.isEmpty(), "secret");
      require(!sftp || this.hostKeySha256.matches("SHA256:[A-Za-z0-9+/]{43}"), "hostKeySha256");
      require(this.recipient.matches("age1[a-z0-9]{58}"), "recipient");
    }
  }

  /** The destination that these settings declare. */
  public Destination destination() {
    return new Destination(
        calledHost(),
        port,
        Purpose.FOOTAGE,
        country,
        local,
        kind.equals("sftp") ? Trust.PLATFORM : new Trust(certificateSha256, caCertificate));
  }

  /** The name to call: in S3's virtual style the bucket's own. */
  String calledHost() {
    return kind.equals("s3") && !pathStyle ? place + "." + host : host;
  }

  /** What the policy has to allow: one destination, or none while copying is off. */
  public List<Destination> destinations() {
    return enabled ? List.of(destination()) : List.of();
  }

  /** These settings with the secrets of others, where this has none: what a page sends back. */
  public RemoteSettings keepingSecretsOf(RemoteSettings before) {
    boolean same = kind.equals(before.kind) && host.equals(before.host) && user.equals(before.user);
    boolean none = secret.isEmpty() && privateKey.isEmpty();
    return same && none ? withSecrets(before.secret, before.privateKey) : this;
  }

  /**
   * The same, on or off.
   *
   * @throws InvalidDestinationException if they are turned on and a field is not valid
   */
  public RemoteSettings enabled(boolean on) {
    return new RemoteSettings(
        on,
        kind,
        host,
        port,
        country,
        local,
        place,
        region,
        pathStyle,
        user,
        secret,
        privateKey,
        hostKeySha256,
        certificateSha256,
        caCertificate,
        recipient,
        kilobytesPerSecond);
  }

  private RemoteSettings withSecrets(String keptSecret, String keptKey) {
    return new RemoteSettings(
        enabled,
        kind,
        host,
        port,
        country,
        local,
        place,
        region,
        pathStyle,
        user,
        keptSecret,
        keptKey,
        hostKeySha256,
        certificateSha256,
        caCertificate,
        recipient,
        kilobytesPerSecond);
  }

  private static boolean isText(String text, int longest) {
    return text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
  }

  private static void require(boolean valid, String field) {
    if (!valid) {
      throw new InvalidDestinationException(field);
    }
  }

  @Override
  public String toString() {
    return "remote copy " + (enabled ? kind + "://" + host + ":" + port + " in " + country : "off");
  }
}
