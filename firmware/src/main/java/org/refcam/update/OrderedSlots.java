// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;

/**
 * Two slots to install into and a boot loader that goes by a {@link SlotState}, wherever the one
 * keeps systems and the other the state. Confined to one thread.
 */
abstract class OrderedSlots implements Slots {
  private final SlotName running;

  OrderedSlots(SlotName running) {
    this.running = running;
  }

  @Override
  public final SlotName running() {
    return running;
  }

  @Override
  public final SlotName inactive() {
    return running == SlotName.A ? SlotName.B : SlotName.A;
  }

  @Override
  public final void clear(SlotName slot) throws IOException {
    retire(slot);
    empty(slot);
  }

  @Override
  public final void confirm() throws IOException {
    save(state().confirmed(running));
  }

  @Override
  public final void retire(SlotName slot) throws IOException {
    SlotState state = state();
    if (state.order().contains(slot) || state.onTrial(slot)) {
      save(state.without(slot));
    }
  }

  /** Removes what lies in a slot that does not boot any more. */
  abstract void empty(SlotName slot) throws IOException;

  /** Replaces the state durably: after power loss in the middle it is the old or the new one. */
  abstract void save(SlotState state) throws IOException;
}
