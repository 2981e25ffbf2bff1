// SPDX-License-Identifier: Apache-2.0
package org.refcam.piboot;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * The text of the bootloader's own configuration ({@code bootconf.txt} in the SPI EEPROM), and the
 * public key in the form that it is stored beside it. Both are put into an EEPROM image and flashed
 * by Raspberry Pi's own tools.
 *
 * @param bootOrder where it looks, as BOOT_ORDER reads it: the last digit first. 0xf1 is SD or eMMC
 *     and again
 * @param uart whether the bootloader talks on the serial line
 */
public record EepromConfig(int bootOrder, boolean uart) {
  private static final int KEY_BITS = 2048;

  /** SD card or eMMC only, silent: what a camera needs. */
  public static final EepromConfig CAMERA = new EepromConfig(0xf1, false);

  /**
   * The text, for signed boot. No boot from network or USB, no update of the bootloader from the
   * card: that would take its own signature for granted.
   */
  public String encode() {
    return "[all]\n"
        + "SIGNED_BOOT=1\n"
        + "BOOT_ORDER=0x"
        + Integer.toHexString(bootOrder)
        + "\n"
        + "BOOT_UART="
        + (uart ? 1 : 0)
        + "\n"
        + "ENABLE_SELF_UPDATE=0\n"
        + "DISABLE_HDMI=1\n";
  }

  /**
   * The public key as {@code pubkey.bin}: 256 bytes of modulus, 8 of exponent, little endian.
   *
   * @return empty for a key that is not RSA-2048
   */
  public static Optional<byte[]> publicKey(RSAPublicKey key) {
    if (key.getModulus().bitLength() != KEY_BITS) {
      return Optional.empty();
    }
    byte[] bytes = new byte[KEY_BITS / 8 + 8];
    little(key.getModulus(), bytes, 0, KEY_BITS / 8);
    little(key.getPublicExponent(), bytes, KEY_BITS / 8, 8);
    return Optional.of(bytes);
  }

  private static void little(BigInteger value, byte[] into, int at, int length) {
    byte[] big = value.toByteArray();
    for (int i = 0; i < Math.min(length, big.length); i++) {
      into[at + i] = big[big.length - 1 - i];
    }
  }

  /** The text as the bootloader's file. */
  public byte[] toByteArray() {
    return encode().getBytes(StandardCharsets.US_ASCII);
  }
}
