// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.refcam.uefi.LoadOption;
import org.refcam.uefi.SlotEntry;

/**
 * Slots of a board with UEFI, whose boot manager chooses by its own variables. Firmware verifies
 * what it starts itself, by Secure Boot. Confined to one thread.
 *
 * <pre>
 *   confirmed        in BootOrder
 *   on trial         not in BootOrder; BootNext names it, or its entry says how many starts are left
 *
 *   arm B            Boot000B "trials=2"; BootNext = B
 *   try again        Boot000B "trials=1"; BootNext = B     by the confirmed system, when it finds itself started
 *   confirm B        BootOrder = B A; Boot000B without trials
 *   retire B         BootNext away; Boot000B without trials; BootOrder without B
 * </pre>
 *
 * <p>Firmware forgets BootNext before it starts what it names, so that a start that ends in
 * whatever way is followed by one of a confirmed slot: nobody has to count for that. Between any
 * two of the writes BootOrder names a confirmed slot, and a trial has at most the starts that it
 * was given.
 *
 * <p>If firmware has lost its order (its memory was reset), what runs counts as confirmed: there is
 * nothing to go back to. The next update writes the order again.
 */
public final class UefiSlots extends PartitionSlots {
  /** Where this machine's partitions are. */
  @FunctionalInterface
  public interface Ways {
    /**
     * The boot manager's entry that leads to a partition, such as {@code boot_a}.
     *
     * @throws IOException if it cannot be found
     */
    LoadOption to(String partition, String description) throws IOException;
  }

  private final BootManager manager;
  private final long runningSecurityVersion;

  /**
   * @param running as the signed boot image's first program handed it on
   * @param runningSecurityVersion as the verified root file system says it: who can write variables
   *     cannot make running software look newer than it is
   */
  public UefiSlots(
      EfiVariables variables,
      Ways ways,
      Partitions partitions,
      SlotName running,
      long runningSecurityVersion) {
    super(partitions, running);
    this.manager = new BootManager(variables, ways);
    this.runningSecurityVersion = runningSecurityVersion;
  }

  @Override
  public SlotState state() throws IOException {
    List<SlotName> order = new ArrayList<>(manager.order());
    if (order.isEmpty()) {
      order.add(running());
    }
    Map<SlotName, Integer> left = new EnumMap<>(SlotName.class);
    Optional<SlotName> next = manager.next();
    for (SlotName slot : List.of(SlotName.A, SlotName.B)) {
      boolean isNext = next.filter(slot::equals).isPresent();
      SlotEntry entry = manager.entry(slot);
      if (order.contains(slot)) {
        if (isNext) { // a person at the firmware's menu chose it
          order.remove(slot);
          order.add(0, slot);
        }
      } else if (isNext || entry.trials().isPresent() || slot == running()) {
        order.add(0, slot);
        int starts = entry.trials().orElse(0) + (isNext ? 1 : 0);
        left.put(slot, Math.min(starts, SlotState.ATTEMPTS_MAX));
      }
    }
    return new SlotState(order, left);
  }

  @Override
  public void arm(InstalledBundle installed) throws IOException {
    SlotName slot = installed.slot();
    // What a failed trial goes back to, where firmware has lost it.
    for (SlotName confirmed : confirmed(state().without(slot))) {
      manager.setEntry(confirmed, manager.entry(confirmed));
    }
    manager.setOrder(confirmed(state().without(slot)));
    SlotEntry entry =
        SlotEntry.of(BootManager.partition(slot), installed.manifest().securityVersion());
    manager.setEntry(slot, entry.onTrial(ATTEMPTS - 1));
    manager.setNext(slot);
  }

  @Override
  public void tryAgain(SlotName slot) throws IOException {
    SlotEntry entry = manager.entry(slot);
    int starts = entry.trials().orElse(0);
    if (starts > 0 && !manager.next().equals(Optional.of(slot))) {
      manager.setEntry(slot, entry.onTrial(starts - 1));
      manager.setNext(slot);
    }
  }

  @Override
  void save(SlotState state) throws IOException {
    Optional<SlotName> next = manager.next();
    if (next.isPresent() && !state.order().contains(next.get())) {
      manager.clearNext();
    }
    for (SlotName slot : List.of(SlotName.A, SlotName.B)) {
      if (!state.order().contains(slot)) {
        settle(slot);
      }
    }
    manager.setOrder(confirmed(state));
    for (SlotName slot : confirmed(state)) {
      settle(slot);
    }
  }

  private void settle(SlotName slot) throws IOException {
    SlotEntry entry = manager.entry(slot);
    if (entry.trials().isPresent()) {
      manager.setEntry(slot, entry.settled());
    }
  }

  private static List<SlotName> confirmed(SlotState state) {
    return state.order().stream().filter(slot -> !state.onTrial(slot)).toList();
  }

  @Override
  public long securityVersion(SlotName slot) throws IOException {
    return slot == running() ? runningSecurityVersion : manager.entry(slot).securityVersion();
  }
}
