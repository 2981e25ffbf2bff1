// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** The random name of a clip: 16 bytes, 32 hex digits in text and as its file's name. Immutable. */
public final class ClipId {
  /** Bytes of an identifier. */
  public static final int BYTES = 16;

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;

  private ClipId(byte[] bytes) {
    this.bytes = bytes;
  }

  static ClipId random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new ClipId(bytes);
  }

  /**
   * @throws IllegalArgumentException unless there are 16 bytes
   */
  static ClipId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a clip's name of " + bytes.length + " bytes");
    }
    return new ClipId(bytes.clone());
  }

  /**
   * Parses what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException unless it is 32 lower-case hex digits
   */
  public static ClipId parse(String text) {
    if (!isClipId(text)) {
      throw new IllegalArgumentException("not a clip's name");
    }
    return new ClipId(HEX.parseHex(text));
  }

  static boolean isClipId(String text) {
    return text.length() == 2 * BYTES
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClipId id && Arrays.equals(bytes, id.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HEX.formatHex(bytes);
  }
}
