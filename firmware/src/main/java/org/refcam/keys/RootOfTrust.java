// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.security.KeyPair;
import org.refcam.crypto.SecretBytes;

/**
 * Where a camera's keys come from. Each root says honestly what it can promise.
 *
 * <p>Everything is a function of what the hardware holds: opening the same hardware again gives the
 * same keys, and first boot can be cut at any step and start over. Safe from any thread.
 */
public interface RootOfTrust extends AutoCloseable {
  /** The slot of the vault root, from which configuration, audit and recordings keys follow. */
  String VAULT_ROOT = "vault-root";

  /** The slot that recordings keys are wrapped under. */
  String RECORDINGS = "recordings";

  /**
   * A 256-bit key for one purpose; keys of different purposes are independent. Caller closes. It
   * lives as long as the hardware root: what an erase must kill derives from a slot instead.
   */
  SecretBytes deriveKey(String purpose) throws IOException;

  /**
   * The device identity key, P-256, made at the first call. The private half may have no encoding:
   * it signs through {@code Signature.getInstance("SHA256withECDSA")} without a named provider, and
   * TLS takes it as it is.
   */
  KeyPair deviceKey() throws IOException;

  /**
   * A place for one secret that can be destroyed.
   *
   * @param name lower-case words joined by '-', at most 32 characters
   */
  KeySlot slot(String name) throws IOException;

  /** What this root promises. */
  AssuranceLevel assuranceLevel();

  @Override
  void close();
}
