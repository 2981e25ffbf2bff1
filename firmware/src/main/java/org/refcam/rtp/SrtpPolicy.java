// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

/**
 * How SRTP protects packets: AES in counter mode and HMAC-SHA1 with an 80-bit tag, with 128-bit
 * keys (RFC 3711, the one policy that the camera offers) or 256-bit keys (RFC 6188, taken from a
 * client for its own reports).
 */
public enum SrtpPolicy {
  AES_CM_128_HMAC_SHA1_80(16),
  AES_CM_256_HMAC_SHA1_80(32);

  /** Bytes of the master salt, and of the salts derived from it (RFC 3711, 8.2). */
  public static final int SALT_BYTES = 14;

  static final int AUTH_KEY_BYTES = 20;
  static final int TAG_BYTES = 10;

  private final int keyBytes;

  SrtpPolicy(int keyBytes) {
    this.keyBytes = keyBytes;
  }

  /** Bytes of the master key, and of the encryption keys derived from it. */
  public int keyBytes() {
    return keyBytes;
  }
}
