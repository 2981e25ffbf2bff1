// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.util.Locale;

/** Bech32 (BIP 173, without its limit of 90 characters), in which age writes keys. Stateless. */
final class Bech32 {
  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int CHECKSUM = 6;

  private Bech32() {}

  /** In lower case. */
  static String encode(String prefix, byte[] data) {
    int[] groups = regroup(data);
    StringBuilder out = new StringBuilder(prefix).append('1');
    for (int group : groups) {
      out.append(ALPHABET.charAt(group));
    }
    int checksum = polymod(prefix, groups, new int[CHECKSUM]) ^ 1;
    for (int i = CHECKSUM - 1; i >= 0; i--) {
      out.append(ALPHABET.charAt(checksum >>> (5 * i) & 31));
    }
    return out.toString();
  }

  /**
   * The inverse, of either case.
   *
   * @throws IllegalArgumentException if the prefix, a letter or the checksum is wrong
   */
  static byte[] decode(String prefix, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean oneCase = text.equals(lower) || text.equals(text.toUpperCase(Locale.ROOT));
    if (!oneCase || !lower.startsWith(prefix + "1") || lower.length() < prefix.length() + 7) {
      throw new IllegalArgumentException("not a key of this kind");
    }
    int[] groups = lower.substring(prefix.length() + 1).chars().map(ALPHABET::indexOf).toArray();
    int data = groups.length - CHECKSUM;
    for (int group : groups) {
      if (group < 0) {
        throw new IllegalArgumentException("a letter that keys do not have");
      }
    }
    if (polymod(prefix, groups, new int[0]) != 1) {
      throw new IllegalArgumentException("the key has a wrong letter");
    }
    byte[] out = new byte[data * 5 / 8];
    long bits = 0;
    int have = 0;
    int at = 0;
    for (int i = 0; i < data; i++) {
      bits = (bits << 5 | groups[i]) & 0xFFFF;
      have += 5;
      if (have >= 8) {
        have -= 8;
        out[at++] = (byte) (bits >>> have);
      }
    }
    if (have >= 5 || (bits & ((1L << have) - 1)) != 0) {
      throw new IllegalArgumentException("the key has a wrong length");
    }
    return out;
  }

  private static int[] regroup(byte[] data) {
    int[] groups = new int[(data.length * 8 + 4) / 5];
    for (int bit = 0; bit < data.length * 8; bit++) {
      int value = data[bit / 8] >>> (7 - bit % 8) & 1;
      groups[bit / 5] |= value << (4 - bit % 5);
    }
    return groups;
  }

  private static int polymod(String prefix, int[] groups, int[] zeros) {
    int sum = 1;
    for (char c : prefix.toCharArray()) {
      sum = step(sum) ^ (c >>> 5);
    }
    sum = step(sum);
    for (char c : prefix.toCharArray()) {
      sum = step(sum) ^ (c & 31);
    }
    for (int group : groups) {
      sum = step(sum) ^ group;
    }
    for (int zero : zeros) {
      sum = step(sum) ^ zero;
    }
    return sum;
  }

  private static int step(int sum) {
    int top = sum >>> 25;
    int next = (sum & 0x1ffffff) << 5;
    for (int i = 0; i < GENERATOR.length; i++) {
      next ^= (top >>> i & 1) == 1 ? GENERATOR[i] : 0;
    }
    return next;
  }
}
