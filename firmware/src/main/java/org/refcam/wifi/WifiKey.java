// SPDX-License-Identifier: Apache-2.0
package org.refcam.wifi;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.refcam.crypto.SecretBytes;

/**
 * What opens a network.
 *
 * <pre>
 *   wpa2         8 to 63 characters from space to tilde (IEEE 802.11, J.4), or the key itself: 64 hexadecimal digits
 *   wpa2_wpa3    8 to 63 characters from space to tilde
 *   wpa3         8 to 128 bytes of UTF-8 without control characters; the standard sets no bounds
 * </pre>
 *
 * Wiped on close; guarded by the secret's own monitor.
 */
public final class WifiKey implements AutoCloseable {
  private static final int SHORTEST = 8;
  private static final int LONGEST_PASSPHRASE = 63;
  private static final int HEX_DIGITS = 64;
  private static final int LONGEST_SAE = 128;

  private final SecretBytes secret;
  private final Protection protection;

  private WifiKey(SecretBytes secret, Protection protection) {
    this.secret = secret;
    this.protection = protection;
  }

  /**
   * @param text is the caller's to wipe
   * @throws InvalidWifiException KEY
   */
  public static WifiKey of(char[] text, Protection protection) {
    byte[] bytes = utf8(text);
    try {
      boolean fits =
          switch (protection) {
            case WPA2 -> isPassphrase(bytes) || isHex(bytes);
            case WPA2_WPA3 -> isPassphrase(bytes);
            case WPA3 -> isSaePassword(bytes);
          };
      if (!fits) {
        throw new InvalidWifiException(InvalidWifiException.Reason.KEY);
      }
      return new WifiKey(SecretBytes.copyOf(bytes), protection);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] utf8(char[] text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Arrays.fill(encoded.array(), (byte) 0);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new InvalidWifiException(InvalidWifiException.Reason.KEY, e);
    }
  }

  private static boolean isPassphrase(byte[] bytes) {
    boolean printable = true;
    for (byte one : bytes) {
      printable &= one >= ' ' && one <= '~';
    }
    return printable && bytes.length >= SHORTEST && bytes.length <= LONGEST_PASSPHRASE;
  }

  private static boolean isHex(byte[] bytes) {
    boolean digits = bytes.length == HEX_DIGITS;
    for (byte one : bytes) {
      digits &= HexFormat.isHexDigit(one);
    }
    return digits;
  }

  private static boolean isSaePassword(byte[] bytes) {
    boolean shown = true;
    for (byte one : bytes) {
      shown &= one < 0 || one >= ' ' && one != 0x7f;
    }
    return shown && bytes.length >= SHORTEST && bytes.length <= LONGEST_SAE;
  }

  /**
   * The command that hands the key over, as bytes: a string of it could not be wiped. A passphrase
   * stands in quotes, whose end the supplicant looks for from behind; a raw key and a password of
   * SAE in hexadecimal.
   *
   * @return the caller's to wipe
   */
  byte[] command(int network) {
    byte[] raw = secret.exposeSecretBytes();
    boolean sae = protection == Protection.WPA3;
    boolean quoted = !sae && raw.length != HEX_DIGITS;
    byte[] head =
        ("SET_NETWORK " + network + (sae ? " sae_password " : " psk ") + (quoted ? "\"" : ""))
            .getBytes(StandardCharsets.US_ASCII);
    byte[] value = sae ? hex(raw) : raw;
    byte[] command = Arrays.copyOf(head, head.length + value.length + (quoted ? 1 : 0));
    System.arraycopy(value, 0, command, head.length, value.length);
    if (quoted) {
      command[command.length - 1] = '"';
    }
    Arrays.fill(raw, (byte) 0);
    Arrays.fill(value, (byte) 0);
    return command;
  }

  private static byte[] hex(byte[] bytes) {
    byte[] digits = new byte[2 * bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      digits[2 * i] = (byte) Character.forDigit(bytes[i] >> 4 & 15, 16);
      digits[2 * i + 1] = (byte) Character.forDigit(bytes[i] & 15, 16);
    }
    return digits;
  }

  /** The key as the owner typed it, for the sealed store; the caller wipes it. */
  public char[] exposeText() {
    byte[] raw = secret.exposeSecretBytes();
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(raw));
    char[] text = new char[decoded.remaining()];
    decoded.get(text);
    Arrays.fill(decoded.array(), '\0');
    Arrays.fill(raw, (byte) 0);
    return text;
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "WifiKey";
  }
}
