// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import org.refcam.image.BundleManifest;

/**
 * A slot whose every byte is verified and on disk. Made by {@link Installer} alone; immutable.
 *
 * <p>INV-UPD-1. A slot is marked bootable only for an installed bundle, and one is made only of a
 * verified bundle for this board all of whose images had their hashes. Holds against anyone who
 * controls network or storage of the update on its way. Does not hold against the holder of a
 * signing key, nor on a PC against who can write the data directory, whose launcher nothing checks.
 */
public final class InstalledBundle {
  private final SlotName slot;
  private final BundleManifest manifest;
  private final SignedHead head;

  InstalledBundle(SlotName slot, BundleManifest manifest, SignedHead head) {
    this.slot = slot;
    this.manifest = manifest;
    this.head = head;
  }

  public SlotName slot() {
    return slot;
  }

  public BundleManifest manifest() {
    return manifest;
  }

  /** Description and signature, for whoever checks the slot again at boot. */
  public SignedHead head() {
    return head;
  }
}
