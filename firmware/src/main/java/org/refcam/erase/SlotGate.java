// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.io.IOException;
import java.util.Optional;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.AssuranceLevel;
import org.refcam.keys.KeySlot;

/**
 * Stands between the running camera and a key slot, so that nobody fills the slot again while an
 * erase destroys it.
 *
 * <p>INV-ERASE-2. Once an erase has begun, no slot takes a secret before it has finished: a vault
 * that replaces its table key at that moment fails. Holds against every part of the running camera.
 * Does not hold against another process with the root of trust in its hands; the lock of the data
 * directory keeps ours apart.
 *
 * <p>Guarded by its monitor.
 */
public final class SlotGate {
  private boolean shut;

  /** The slot, for everyone but the erase itself. */
  public KeySlot guard(KeySlot slot) {
    return new Guarded(slot);
  }

  /** From now on nothing is written; waits for a write that is under way. Idempotent. */
  public synchronized void shut() {
    shut = true;
  }

  /** The erase could not begin, so everything goes on. */
  public synchronized void open() {
    shut = false;
  }

  public synchronized boolean isShut() {
    return shut;
  }

  private synchronized void write(KeySlot slot, SecretBytes secret) throws IOException {
    if (shut) {
      throw new IOException("an erase has begun: the key slot takes nothing");
    }
    slot.write(secret);
  }

  private final class Guarded implements KeySlot {
    private final KeySlot slot;

    Guarded(KeySlot slot) {
      this.slot = slot;
    }

    @Override
    public Optional<SecretBytes> read() throws IOException {
      return slot.read();
    }

    @Override
    public void write(SecretBytes secret) throws IOException {
      SlotGate.this.write(slot, secret);
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
}
