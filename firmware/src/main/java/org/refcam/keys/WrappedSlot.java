// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.refcam.crypto.Aead;
import org.refcam.crypto.AuthenticationFailedException;
import org.refcam.crypto.SecretBytes;

/**
 * A slot whose secret opens only with a second key: what lies in the slot is
 *
 * <pre>
 *   | nonce 12 | ciphertext n | tag 16 |   AES-256-GCM under the second key, n is 1 to 36
 * </pre>
 *
 * <p>Destroying either the slot or the second key is enough. Immutable.
 */
final class WrappedSlot implements KeySlot {
  private static final byte[] LABEL = "refcam slot v1".getBytes(StandardCharsets.US_ASCII);

  /** Gives the second key, or says that it was destroyed. */
  interface SecondKey {
    SecretBytes get() throws IOException;
  }

  private final KeySlot slot;
  private final SecondKey second;
  private final SecureRandom random;

  WrappedSlot(KeySlot slot, SecondKey second, SecureRandom random) {
    this.slot = slot;
    this.second = second;
    this.random = random;
  }

  @Override
  public Optional<SecretBytes> read() throws IOException {
    Optional<SecretBytes> wrapped = slot.read();
    if (wrapped.isEmpty()) {
      return Optional.empty();
    }
    try (SecretBytes sealed = wrapped.get();
        SecretBytes key = second.get()) {
      byte[] secret = Aead.open(key, LABEL, sealed.exposeSecretBytes());
      SecretBytes opened = SecretBytes.copyOf(secret);
      Arrays.fill(secret, (byte) 0);
      return Optional.of(opened);
    } catch (AuthenticationFailedException e) {
      throw new IOException("a key slot holds what another vault root sealed", e);
    }
  }

  @Override
  public void write(SecretBytes secret) throws IOException {
    byte[] plain = secret.exposeSecretBytes();
    try (SecretBytes key = second.get();
        SecretBytes wrapped = SecretBytes.copyOf(Aead.seal(key, LABEL, plain, random))) {
      slot.write(wrapped);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public void destroy() throws IOException {
    slot.destroy();
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return slot.assuranceLevel();
  }
}
