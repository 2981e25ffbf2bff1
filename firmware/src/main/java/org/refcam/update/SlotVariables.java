// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link SlotState} as the variables that boot loaders read: {@code BOOT_ORDER}, {@code
 * BOOT_x_LEFT}.
 */
final class SlotVariables {
  static final String ORDER = "BOOT_ORDER";
  private static final int TEXT_MAX = 1000;

  private SlotVariables() {}

  static String left(SlotName slot) {
    return "BOOT_" + slot.name() + "_LEFT";
  }

  /**
   * @throws IllegalArgumentException if a value is none that a boot loader of ours would write
   */
  static SlotState of(Map<String, String> variables) {
    List<SlotName> order = new ArrayList<>();
    for (String word : variables.getOrDefault(ORDER, "").split(" ", -1)) {
      if (!word.isEmpty()) {
        order.add(SlotName.valueOf(word.toUpperCase(Locale.ROOT)));
      }
    }
    Map<SlotName, Integer> left = new EnumMap<>(SlotName.class);
    for (SlotName slot : SlotName.values()) {
      String count = variables.getOrDefault(left(slot), "");
      if (!count.isEmpty()) {
        left.put(slot, Integer.parseInt(count));
      }
    }
    return new SlotState(order, left);
  }

  /** The variables; an empty value is one to unset. */
  static Map<String, String> of(SlotState state) {
    Map<String, String> variables = new TreeMap<>();
    variables.put(ORDER, String.join(" ", state.order().stream().map(SlotName::name).toList()));
    for (SlotName slot : SlotName.values()) {
      Integer count = state.left().get(slot);
      variables.put(left(slot), count == null ? "" : count.toString());
    }
    return variables;
  }

  /** Reads lines {@code NAME=value}. */
  static SlotState parse(String text) {
    if (text.length() > TEXT_MAX) {
      throw new IllegalArgumentException("longer than a slot state");
    }
    Map<String, String> variables = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      } else if (!line.isEmpty()) {
        throw new IllegalArgumentException("a line without '='");
      }
    }
    SlotState state = of(variables);
    if (state.order().isEmpty()) {
      throw new IllegalArgumentException("no slot in the order");
    }
    return state;
  }

  static String encode(SlotState state) {
    StringBuilder text = new StringBuilder();
    of(state)
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                text.append(name).append('=').append(value).append('\n');
              }
            });
    return text.toString();
  }
}
