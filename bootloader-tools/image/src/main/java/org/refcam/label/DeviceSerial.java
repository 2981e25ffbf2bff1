// SPDX-License-Identifier: Apache-2.0
package org.refcam.label;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;

/**
 * A camera's serial: ten letters and digits (Crockford's base 32, 50 bits) of SHA-256 over {@code
 * refcam serial v1} and the device key's SubjectPublicKeyInfo.
 *
 * <p>The same device key always has the same serial, and a factory sees whether a request's serial
 * and key belong together. It is no secret. Among a million cameras two share one with probability
 * 1 in 2000; a factory's ledger refuses the second. Stateless.
 */
public final class DeviceSerial {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // no I, L, O, U
  private static final byte[] DOMAIN = "refcam serial v1".getBytes(StandardCharsets.US_ASCII);
  private static final int LETTERS = 10;

  private DeviceSerial() {}

  public static String of(PublicKey deviceKey) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(DOMAIN);
      long bits = ByteBuffer.wrap(sha256.digest(deviceKey.getEncoded())).getLong();
      StringBuilder serial = new StringBuilder(LETTERS);
      for (int i = 0; i < LETTERS; i++) {
        serial.append(ALPHABET.charAt((int) (bits >>> (59 - 5 * i)) & 31));
      }
      return serial.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
