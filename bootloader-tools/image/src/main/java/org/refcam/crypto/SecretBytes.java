// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A secret in memory: no revealing {@code toString}, constant-time comparison, wiped on close.
 *
 * <p>Wiping covers this object's own array. Copies that the JVM's collector made while moving it,
 * or that a cipher holds, may remain until their memory is reused. Guarded by its own monitor.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;
  private boolean closed;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies the bytes; the caller wipes its own. */
  public static SecretBytes copyOf(byte[] bytes) {
    return new SecretBytes(bytes.clone());
  }

  /** A fresh secret of {@code length} random bytes. */
  public static SecretBytes random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new SecretBytes(bytes);
  }

  public int length() {
    return bytes.length;
  }

  /**
   * A copy of the raw secret, which the caller wipes. The one way to the bytes: search for this
   * name to find every use.
   *
   * @throws IllegalStateException after close
   */
  public synchronized byte[] exposeSecretBytes() {
    if (closed) {
      throw new IllegalStateException("the secret is wiped");
    }
    return bytes.clone();
  }

  /** Whether both hold the same bytes; takes the same time wherever they differ. */
  public boolean sameAs(SecretBytes other) {
    byte[] mine = exposeSecretBytes();
    byte[] theirs = other.exposeSecretBytes();
    try {
      return MessageDigest.isEqual(mine, theirs);
    } finally {
      Arrays.fill(mine, (byte) 0);
      Arrays.fill(theirs, (byte) 0);
    }
  }

  /** Wipes the bytes. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + "]";
  }
}
