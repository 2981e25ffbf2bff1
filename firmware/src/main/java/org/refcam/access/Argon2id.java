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
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Password hashes by Argon2id (RFC 9106) with 19 MiB, two passes and one lane, in the PHC text form
 * {@code $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}. One hash at a time, so that many sign-ins at
 * once cannot take the memory of a small board.
 */
final class Argon2id {
  private static final int KIBIBYTES = 19 * 1024;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String PREFIX = "$argon2id$v=19$m=" + KIBIBYTES + ",t=" + PASSES + ",p=1$";

  /**
   * A hash for accounts that do not exist: as much work to check as any, and no password is known
   * to have it. A constant, because making one costs a start 20 MiB and a quarter of a second.
   */
  static final String UNMATCHED =
      PREFIX
          + base64().encodeToString(new byte[SALT_BYTES])
          + "$"
          + base64().encodeToString(new byte[HASH_BYTES]);

  private static final Semaphore ONE = new Semaphore(1, true);

  private Argon2id() {}

  static String hash(char[] password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    String hash = base64().encodeToString(derive(password, salt));
    return PREFIX + base64().encodeToString(salt) + "$" + hash;
  }

  /**
   * @throws IllegalArgumentException if {@code encoded} is not from {@link #hash}
   */
  static boolean matches(char[] password, String encoded) {
    int dollar = encoded.lastIndexOf('$');
    if (!encoded.startsWith(PREFIX) || dollar <= PREFIX.length()) {
      throw new IllegalArgumentException("not one of this camera's password hashes");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] salt = base64.decode(encoded.substring(PREFIX.length(), dollar));
    return MessageDigest.isEqual(
        derive(password, salt), base64.decode(encoded.substring(dollar + 1)));
  }

  private static Base64.Encoder base64() {
    return Base64.getEncoder().withoutPadding();
  }

  private static byte[] derive(char[] password, byte[] salt) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    ONE.acquireUninterruptibly();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withMemoryAsKB(KIBIBYTES)
              .withIterations(PASSES)
              .withParallelism(1)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[HASH_BYTES];
      generator.generateBytes(bytes, hash);
      return hash;
    } finally {
      ONE.release();
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
    }
  }
}
