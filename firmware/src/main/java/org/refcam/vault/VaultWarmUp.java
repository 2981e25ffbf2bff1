// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.security.SecureRandom;
import java.time.Duration;
import org.refcam.crypto.AeadAlgorithm;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.SecretBytes;

/**
 * Lets the JVM compile the sealing of chunks before the first clip needs it: interpreted, it is
 * some twenty times slower. Run once at boot, on a thread of low priority. Stateless.
 */
public final class VaultWarmUp {
  private VaultWarmUp() {}

  /**
   * Seals and opens chunks under a key that is thrown away.
   *
   * @param atMost stops after this time, or when it has done enough
   * @return chunks sealed
   */
  public static int run(AeadAlgorithm algorithm, SecureRandom random, Duration atMost) {
    int enough = 20_000;
    byte[] plaintext = new byte[ChunkCipher.LARGEST_PLAINTEXT];
    byte[] out = new byte[ChunkCipher.LARGEST_PLAINTEXT + ChunkCipher.OVERHEAD_BYTES];
    try (SecretBytes key = SecretBytes.random(32, random)) {
      ChunkCipher cipher = new ChunkCipher(algorithm, key);
      int chunks = 0;
      long begin = System.nanoTime();
      while (chunks < enough && System.nanoTime() - begin < atMost.toNanos()) {
        cipher.seal(ChunkCipher.WRITER, chunks, 0, plaintext, 0, plaintext.length, out, 0);
        int header = cipher.header(ChunkCipher.WRITER, chunks, out, 0);
        cipher.open(ChunkCipher.WRITER, chunks, header, out, ChunkCipher.HEADER_BYTES);
        chunks++;
      }
      return chunks;
    } catch (AuthenticationFailedException e) {
      throw new AssertionError("what was just sealed opens", e);
    }
  }
}
