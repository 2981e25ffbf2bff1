// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place that the maker, or who runs the camera, says that it sends to. Immutable.
 *
 * @param host a name in small letters, {@code *.NAME} for all below it, or an address as digits
 * @param country ISO 3166-1 alpha-2, as declared: nobody measured it
 */
public record Declared(String host, Optional<String> country) {
  /** Stands for an empty list: the subject calls nobody. */
  public static final String NONE = "none";

  private static final int MOST = 1000;
  private static final Pattern WITH_COUNTRY = Pattern.compile("(.+):([A-Za-z]{2})");
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
  private static final Pattern DIGITS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

  /** What cannot be read, in one line. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String text) {
      super("no destination: " + text + "; HOST or HOST:COUNTRY, an IPv6 address in brackets");
    }
  }

  /** {@code HOST} or {@code HOST:COUNTRY}; an IPv6 address in brackets if a country follows. */
  public static Declared parse(String text) throws MalformedException {
    String whole = text.strip().toLowerCase(Locale.ROOT);
    boolean bare = !whole.startsWith("[") && whole.indexOf(':') != whole.lastIndexOf(':');
    Matcher parts = WITH_COUNTRY.matcher(whole);
    boolean split = !bare && parts.matches();
    String host = (split ? parts.group(1) : whole).replaceAll("\\A\\[(.*)]\\z", "$1");
    Optional<String> country =
        split ? Optional.of(parts.group(2).toUpperCase(Locale.ROOT)) : Optional.empty();
    if (DIGITS.matcher(host).matches()) {
      return new Declared(address(host, text).getHostAddress(), country);
    }
    if (host.length() > 253 || !NAME.matcher(host).matches()) {
      throw new MalformedException(text);
    }
    return new Declared(host, country);
  }

  /** Digits only, so that no name is looked up. */
  private static InetAddress address(String digits, String text) throws MalformedException {
    try {
      return InetAddress.getByName(digits);
    } catch (UnknownHostException e) {
      throw new MalformedException(text);
    }
  }

  /**
   * Lines of {@code HOST}, {@code HOST COUNTRY} or {@code HOST:COUNTRY}; {@code #} begins a
   * comment.
   */
  public static List<Declared> read(Path file) throws IOException, MalformedException {
    List<Declared> all = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
      if (words[0].isEmpty() || words[0].equals(NONE)) {
        continue;
      }
      boolean country = words.length > 1 && words[1].matches("[A-Za-z]{2}");
      boolean colons = words[0].contains(":") && !words[0].startsWith("[");
      String host = country && colons ? "[" + words[0] + "]" : words[0];
      all.add(parse(country ? host + ":" + words[1] : host));
      if (all.size() > MOST) {
        throw new MalformedException(file + " has more than " + MOST);
      }
    }
    return List.copyOf(all);
  }

  /** Whether it is this name. */
  boolean isNamed(String name) {
    return host.startsWith("*.") ? name.endsWith(host.substring(1)) : host.equals(name);
  }

  /** Whether it is this address. */
  boolean isAt(InetAddress address) {
    return host.equals(address.getHostAddress());
  }

  /** {@code HOST (COUNTRY)}. */
  @Override
  public String toString() {
    return host + " (" + country.orElse("no country declared") + ")";
  }
}
