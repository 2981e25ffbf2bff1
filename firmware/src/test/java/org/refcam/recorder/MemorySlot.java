// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.AssuranceLevel;
import org.refcam.keys.KeySlot;

/** A slot in memory, which outlives the vaults of a test. */
final class MemorySlot implements KeySlot {
  private byte @Nullable [] secret;

  @Override
  public Optional<SecretBytes> read() {
    return Optional.ofNullable(secret).map(SecretBytes::copyOf);
  }

  @Override
  public void write(SecretBytes fresh) throws IOException {
    secret = fresh.exposeSecretBytes();
  }

  @Override
  public void destroy() {
    secret = null;
  }

  @Override
  public AssuranceLevel assuranceLevel() {
    return AssuranceLevel.OVERWRITTEN_FILE;
  }
}
