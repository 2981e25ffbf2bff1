// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host that the camera may call for one purpose. Immutable.
 *
 * @param host name or IP address, in lower case
 * @param port TCP
 * @param country ISO 3166-1 alpha-2, where the owner declares the host to be; {@value #UNDECLARED}
 *     where nobody did. The camera does not measure it
 * @param local whether it stands in a private network or on this machine. If so, only such
 *     addresses are called, else only public ones
 */
public record Destination(
    String host, int port, Purpose purpose, String country, boolean local, Trust trust) {
  /** The code that ISO 3166-1 leaves to its users, here for a country that nobody declared. */
  public static final String UNDECLARED = "ZZ";

  /** Viet Nam. */
  public static final String VIET_NAM = "VN";

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> LOCAL_SUFFIXES =
      Set.of(".local", ".lan", ".internal", ".home.arpa", ".localhost");

  /**
   * @throws InvalidDestinationException naming the first field that is not valid
   */
  public Destination(
      @Nullable String host,
      int port,
      @Nullable Purpose purpose,
      @Nullable String country,
      boolean local,
      @Nullable Trust trust) {
    String name = host == null ? "" : host.strip().toLowerCase(Locale.ROOT);
    InvalidDestinationException.require(isHost(name), "host");
    InvalidDestinationException.require(port >= 1 && port <= 0xFFFF, "port");
    if (purpose == null) {
      throw new InvalidDestinationException("purpose");
    }
    if (country == null || !(COUNTRIES.contains(country) || country.equals(UNDECLARED))) {
      throw new InvalidDestinationException("country");
    }
    this.host = name;
    this.port = port;
    this.purpose = purpose;
    this.country = country;
    this.local = local;
    this.trust = trust == null ? Trust.PLATFORM : trust;
  }

  /**
   * Whether a name can only mean something near: {@code nas}, {@code nas.lan}, a private address.
   */
  public static boolean soundsLocal(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.contains(":") || name.matches("[0-9.]+")) {
      return name.startsWith("10.")
          || name.startsWith("127.")
          || name.startsWith("192.168.")
          || name.startsWith("169.254.")
          || name.matches("172\\.(1[6-9]|2[0-9]|3[01])\\..*")
          || name.equals("::1")
          || name.matches("f[cd][0-9a-f]{2}:.*")
          || name.startsWith("fe80:");
    }
    return !name.contains(".") || LOCAL_SUFFIXES.stream().anyMatch(name::endsWith);
  }

  /** Short and stable, for lists and links: {@code footage:HOST:PORT}. */
  public String id() {
    return purpose.word() + ":" + host + ":" + port;
  }

  boolean is(String askedHost, int askedPort, Purpose askedPurpose) {
    return host.equalsIgnoreCase(askedHost) && port == askedPort && purpose == askedPurpose;
  }

  private static boolean isHost(String name) {
    boolean letters = name.matches("[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9])?");
    return letters || name.matches("[0-9a-f:.]{2,45}") && name.contains(":");
  }
}
