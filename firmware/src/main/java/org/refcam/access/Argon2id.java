// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.refcam.jni.NativeLibrary;

/**
 * Password hashes by Argon2id (RFC 9106) with one lane, in the PHC text form {@code
 * $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. One hash at a time, so that many sign-ins at once
 * cannot take the memory of a small board; the memory lies outside the Java heap and goes back
 * after each.
 */
final class Argon2id {
  static final int SALT_BYTES = 16;
  static final int HASH_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=1\\$([A-Za-z0-9+/]{22})"
              + "\\$([A-Za-z0-9+/]{43})");
  private static final Semaphore ONE = new Semaphore(1, true);

  static {
    NativeLibrary.ARGON2.require();
  }

  private Argon2id() {}

  static String hash(char[] password, Argon2Cost cost, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + cost.kibibytes()
        + ",t="
        + cost.passes()
        + ",p=1$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(derive(password, salt, cost));
  }

  /**
   * @throws IllegalArgumentException if {@code encoded} is not from {@link #hash}
   */
  static boolean matches(char[] password, String encoded) {
    Matcher form = FORM.matcher(encoded);
    if (!form.matches()) {
      throw new IllegalArgumentException("not one of this camera's password hashes");
    }
    Argon2Cost cost =
        new Argon2Cost(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] salt = base64.decode(form.group(3));
    return MessageDigest.isEqual(derive(password, salt, cost), base64.decode(form.group(4)));
  }

  private static byte[] derive(char[] password, byte[] salt, Argon2Cost cost) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    ONE.acquireUninterruptibly();
    try {
      byte[] hash = compute(bytes, salt, cost.kibibytes(), cost.passes());
      if (hash == null) {
        throw new IllegalStateException("no memory for a password hash");
      }
      return hash;
    } finally {
      ONE.release();
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }

  /**
   * 32 bytes of Argon2id, version 1.3, with one lane.
   *
   * @param password UTF-8
   * @param salt 16 bytes
   * @return null if the memory cannot be had
   */
  private static native byte @Nullable [] compute(
      byte[] password, byte[] salt, int kibibytes, int passes);
}
