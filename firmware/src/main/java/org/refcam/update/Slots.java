// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.refcam.image.BundleImage;

/**
 * Where systems lie and which boots next. Each change is durable when its method returns, and after
 * power loss in the middle either the old or the new state is there. Confined to one thread.
 */
public interface Slots {
  /** Boots that a system on trial has. */
  int ATTEMPTS = 3;

  /** The slot that this camera was booted from. */
  SlotName running();

  /**
   * What the boot loader will go by.
   *
   * @throws IOException also if what is there is no state
   */
  SlotState state() throws IOException;

  /**
   * Before anything is fetched or written that could not be armed.
   *
   * @throws UpdateException NO_SLOT if {@link #state} cannot be read
   */
  default void requireState() throws UpdateException {
    try {
      state();
    } catch (IOException e) {
      throw new UpdateException(
          UpdateException.Reason.NO_SLOT,
          "the boot loader's state cannot be read: " + e.getMessage(),
          e);
    }
  }

  /**
   * The slot to install into: neither the one that runs nor the only confirmed one.
   *
   * @throws UpdateException NO_SLOT if this machine has none
   */
  SlotName inactive() throws IOException, UpdateException;

  /**
   * Refuses images that a slot has no room for, before it is cleared.
   *
   * @throws UpdateException TOO_LARGE; BUNDLE for an image that it has no place for
   */
  default void requireRoom(SlotName slot, List<BundleImage> images)
      throws IOException, UpdateException {
    // where slots are files, only the disk can be too small, and another day it may not be
  }

  /** Makes the slot unbootable and empties it. */
  void clear(SlotName slot) throws IOException;

  /**
   * Opens a place for one image in a cleared slot. Closing it makes its bytes durable, or fails.
   *
   * @throws IOException also if the slot has no place of that name
   */
  OutputStream open(SlotName slot, BundleImage image) throws IOException;

  /**
   * The image that runs, to take unchanged blocks from; nobody believes it before it is hashed.
   *
   * @return empty if it cannot be had
   */
  default Optional<Path> present(String imageName) throws IOException {
    return Optional.empty();
  }

  /**
   * Makes the slot the next to boot, on trial for {@value #ATTEMPTS} boots.
   *
   * @param installed only the installer makes one, of a verified bundle (INV-UPD-1)
   */
  void arm(InstalledBundle installed) throws IOException;

  /**
   * The restart into a slot on trial is due, and nothing is to be lost if it was due before. Where
   * the boot loader keeps no count, one of the boots left is spent here.
   */
  default void tryAgain(SlotName slot) throws IOException {
    // most boot loaders go by the state alone
  }

  /** The running slot proved healthy: it boots from now on, first. */
  void confirm() throws IOException;

  /** A slot that must not boot any more leaves the order. */
  void retire(SlotName slot) throws IOException;

  /** The security version of what lies in a slot; 0 if nobody can say. */
  long securityVersion(SlotName slot) throws IOException;
}
