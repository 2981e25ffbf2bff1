// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.util.Optional;
import org.refcam.crypto.SecretBytes;

/**
 * A place for one small secret that can be destroyed for good: what crypto-erase stands on. How
 * well it is destroyed depends on the medium, and {@link #assuranceLevel} says so.
 */
public interface KeySlot {
  /** The longest secret that every slot can hold. */
  int MOST_BYTES = 64;

  /** The secret, which the caller closes; empty if none was written or it was destroyed. */
  Optional<SecretBytes> read() throws IOException;

  /**
   * Replaces the secret durably and destroys the earlier one. After power loss the earlier or the
   * new one is there, whole.
   *
   * @param secret 1 to {@value #MOST_BYTES} bytes
   */
  void write(SecretBytes secret) throws IOException;

  /** Destroys the secret. Idempotent; after power loss in the middle, calling it again finishes. */
  void destroy() throws IOException;

  /**
   * The named level of what {@link #write} and {@link #destroy} promise about the earlier secret.
   */
  AssuranceLevel assuranceLevel();
}
