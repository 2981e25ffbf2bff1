// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;

/** What chooses the system of a {@link Machine}, and where its systems lie. */
interface Loader {
  /**
   * Power on: counts and chooses. Confirmed slots boot for ever.
   *
   * @throws IllegalStateException if no slot may boot
   */
  SlotName boot() throws IOException;

  /** What it will go by. */
  SlotState state() throws IOException;

  /**
   * The version of what lies in a slot.
   *
   * @throws IllegalStateException if it is not whole
   */
  String version(SlotName slot) throws IOException;

  /** As what lies in a slot says it of itself. */
  long securityVersion(SlotName slot) throws IOException;

  /** For the camera that was booted from there. */
  Slots slots(SlotName running) throws IOException;
}
