// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the boot loader goes by, whatever keeps it. Immutable.
 *
 * <pre>
 *   BOOT_ORDER=B A       which to try, the first first
 *   BOOT_B_LEFT=3        B is on trial: boots left; the loader counts down before each
 *   (BOOT_A_LEFT unset)  A is confirmed: it boots without counting
 * </pre>
 *
 * The rule: the first slot in the order that is confirmed or has boots left. A slot on trial stands
 * only before a confirmed one, so a confirmed one is always reached.
 *
 * @param order at most one of each, the one to boot first
 * @param left boots left of the slots on trial, 0 to {@value #ATTEMPTS_MAX}
 */
public record SlotState(List<SlotName> order, Map<SlotName, Integer> left) {
  /** The most boots that a trial may have. */
  public static final int ATTEMPTS_MAX = 9;

  public SlotState {
    order = List.copyOf(order);
    left = Map.copyOf(left);
    if (order.stream().distinct().count() != order.size()) {
      throw new IllegalArgumentException("a slot twice in " + order);
    }
    if (left.values().stream().anyMatch(n -> n < 0 || n > ATTEMPTS_MAX)) {
      throw new IllegalArgumentException("boots left " + left);
    }
  }

  /** The slot that the next boot takes; empty if none may boot. */
  public Optional<SlotName> next() {
    return order.stream().filter(slot -> left.getOrDefault(slot, 1) > 0).findFirst();
  }

  /** The first confirmed slot: {@link #next} unless a trial is due; empty if none is. */
  public Optional<SlotName> proven() {
    return order.stream().filter(slot -> !onTrial(slot)).findFirst();
  }

  public boolean onTrial(SlotName slot) {
    return left.containsKey(slot);
  }

  /** As the boot loader leaves it when it boots {@link #next}. */
  public SlotState booted() {
    Optional<SlotName> slot = next();
    if (slot.isEmpty() || !onTrial(slot.get())) {
      return this;
    }
    return with(slot.get(), left.getOrDefault(slot.get(), 1) - 1);
  }

  /** With a slot put first and on trial. */
  public SlotState armed(SlotName slot, int attempts) {
    List<SlotName> next = new ArrayList<>(order);
    next.remove(slot);
    next.add(0, slot);
    return new SlotState(next, left).with(slot, attempts);
  }

  /** With a slot first and trusted for good. */
  public SlotState confirmed(SlotName slot) {
    SlotState first = armed(slot, 1);
    Map<SlotName, Integer> rest = new EnumMap<>(SlotName.class);
    rest.putAll(first.left);
    rest.remove(slot);
    return new SlotState(first.order, rest);
  }

  /** Without a slot: it never boots. */
  public SlotState without(SlotName slot) {
    List<SlotName> next = new ArrayList<>(order);
    next.remove(slot);
    Map<SlotName, Integer> rest = new EnumMap<>(SlotName.class);
    rest.putAll(left);
    rest.remove(slot);
    return new SlotState(next, rest);
  }

  private SlotState with(SlotName slot, int attempts) {
    Map<SlotName, Integer> next = new EnumMap<>(SlotName.class);
    next.putAll(left);
    next.put(slot, attempts);
    return new SlotState(order, next);
  }
}
