// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.util.Optional;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.AssuranceLevel;
import org.refcam.keys.KeySlot;

/** A slot that remembers what was in it, as an attacker with an old copy would wish. */
final class MemorySlot implements KeySlot {
  private Optional<byte[]> secret = Optional.empty();

  @Override
  public Optional<SecretBytes> read() {
    return secret.map(SecretBytes::copyOf);
  }

  @Override
  public void write(SecretBytes fresh) {
    secret = Optional.of(fresh.exposeSecretBytes());
  }

  @Override
  public void destroy() {
    secret = Optional.empty();
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return AssuranceLevel.OVERWRITTEN_FILE;
  }
}
