// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of a wireless network: 1 to 32 octets that need not be text (IEEE 802.11, 9.4.2.2; the
 * empty one is the wildcard and names none). Immutable.
 */
public record Ssid(byte[] octets) {
  static final int MOST = 32;

  /**
   * @throws InvalidWifiException SSID if it has no or too many octets
   */
  public Ssid {
    if (octets.length < 1 || octets.length > MOST) {
      throw new InvalidWifiException(InvalidWifiException.Reason.SSID);
    }
    octets = octets.clone();
  }

  /**
   * @throws InvalidWifiException SSID if it is empty or longer than 32 bytes of UTF-8
   */
  public static Ssid of(String text) {
    return new Ssid(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws InvalidWifiException SSID for anything but 2 to 64 hexadecimal digits in pairs
   */
  public static Ssid ofHex(String hex) {
    try {
      return new Ssid(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      throw new InvalidWifiException(InvalidWifiException.Reason.SSID, e);
    }
  }

  @Override
  public byte[] octets() {
    return octets.clone();
  }

  /** In lower case. */
  public String hex() {
    return HexFormat.of().formatHex(octets);
  }

  /** The name as a person reads it; empty if it is no UTF-8 or holds control characters. */
  public Optional<String> text() {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return text.codePoints().allMatch(Ssid::shown) ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty(); // octets that are no text are legal
    }
  }

  /** Neither a control nor one of those that turn the direction of what stands around them. */
  private static boolean shown(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.UNASSIGNED
        && type != Character.PRIVATE_USE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ssid ssid && Arrays.equals(octets, ssid.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return hex();
  }
}
