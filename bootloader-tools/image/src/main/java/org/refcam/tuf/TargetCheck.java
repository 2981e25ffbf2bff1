// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import org.refcam.tuf.TufException.Reason;

/**
 * Checks one target's length and hashes while its bytes stream by; holds no byte of it. Confined to
 * one thread.
 *
 * <pre>
 *   TargetCheck check = target.check();
 *   while ((n = in.read(buffer)) > 0) {
 *     check.update(buffer, 0, n);      // throws as soon as there are too many
 *     quarantine.write(buffer, 0, n);
 *   }
 *   check.finish();                    // only now may the bytes be used
 * </pre>
 *
 * <p>INV-TUF-3. No byte beyond the listed length of a target is taken, and nobody is told that a
 * target is whole before all its hashes agree. Holds against mirrors and networks. The bytes that
 * went by before are the caller's to keep unused.
 */
public final class TargetCheck {
  private final TargetFile target;
  private final Hashes hashes;
  private long taken;

  TargetCheck(TargetFile target) {
    this.target = target;
    this.hashes = new Hashes(target.hashes());
  }

  /**
   * @throws TufException TOO_LARGE if the target has fewer bytes
   */
  public void update(byte[] bytes, int offset, int length) throws TufException {
    // 5.7.3: download up to the number of bytes that the targets metadata say.
    if (length > target.length() - taken) {
      throw new TufException(
          Reason.TOO_LARGE, target.path(), "more than the listed " + target.length() + " bytes");
    }
    taken += length;
    hashes.update(bytes, offset, length);
  }

  /**
   * @throws TufException HASH_MISMATCH if bytes are missing or any differs
   */
  public void finish() throws TufException {
    if (taken != target.length()) {
      throw new TufException(
          Reason.HASH_MISMATCH, target.path(), taken + " bytes of the listed " + target.length());
    }
    hashes.require(target.path());
  }
}
