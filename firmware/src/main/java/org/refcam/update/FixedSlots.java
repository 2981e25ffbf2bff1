// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.refcam.image.BundleImage;

/**
 * Slots of a board whose boot manager this camera cannot tell which one to boot: what runs stays,
 * and an update is refused before a byte of it is written, rather than installed where nothing will
 * boot it. Immutable.
 */
public final class FixedSlots implements Slots {
  private final SlotName running;
  private final long securityVersion;

  /**
   * @param running as the signed boot image's first program handed it on
   * @param securityVersion of what runs, as the verified root file system says it
   */
  public FixedSlots(SlotName running, long securityVersion) {
    this.running = running;
    this.securityVersion = securityVersion;
  }

  @Override
  public SlotName running() {
    return running;
  }

  /** What runs is all that there is, and confirmed. */
  @Override
  public SlotState state() {
    return new SlotState(List.of(running), Map.of());
  }

  /**
   * @throws UpdateException NO_SLOT always
   */
  @Override
  public SlotName inactive() throws UpdateException {
    throw new UpdateException(
        UpdateException.Reason.NO_SLOT, "this board's slots are switched by its firmware's menu");
  }

  @Override
  public void clear(SlotName slot) throws IOException {
    throw refused(slot);
  }

  @Override
  public OutputStream open(SlotName slot, BundleImage image) throws IOException {
    throw refused(slot);
  }

  @Override
  public void arm(InstalledBundle installed) throws IOException {
    throw refused(installed.slot());
  }

  /** Already so. */
  @Override
  public void confirm() {
    // the running slot is the only one, and confirmed
  }

  @Override
  public void retire(SlotName slot) throws IOException {
    throw refused(slot);
  }

  @Override
  public long securityVersion(SlotName slot) {
    return slot == running ? securityVersion : 0;
  }

  private static IOException refused(SlotName slot) {
    return new IOException("slot " + slot + " cannot be changed by this camera");
  }
}
