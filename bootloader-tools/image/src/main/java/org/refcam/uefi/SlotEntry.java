// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the boot manager's entry of a slot says of it, in the description that a person reads in the
 * firmware's menu: one variable holds the way to the slot and what is known of it, and changes
 * whole or not at all. Immutable.
 *
 * <pre>
 *   RefCam boot_b                          nothing is known of what lies there
 *   RefCam boot_b security=4               its security version
 *   RefCam boot_b security=4 trials=2      on trial, and after the present start it has two more
 * </pre>
 *
 * @param partition {@code boot_a} or {@code boot_b}
 * @param securityVersion of what lies in the slot; 0 if nobody said
 * @param trials starts that are left to a slot on trial, beside one that {@code BootNext} holds;
 *     empty if it is not on trial
 */
public record SlotEntry(String partition, long securityVersion, OptionalInt trials) {
  /** The most starts that an entry can have left. */
  public static final int TRIALS_MAX = 9;

  private static final Pattern DESCRIPTION =
      Pattern.compile("RefCam (boot_[ab])(?: security=([0-9]{1,10}))?(?: trials=([0-9]))?");

  public SlotEntry {
    if (!partition.matches("boot_[ab]")) {
      throw new IllegalArgumentException("no slot's partition: " + partition);
    }
    if (securityVersion < 0 || securityVersion > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("security version " + securityVersion);
    }
    if (trials.isPresent() && (trials.getAsInt() < 0 || trials.getAsInt() > TRIALS_MAX)) {
      throw new IllegalArgumentException("starts left: " + trials);
    }
  }

  /** One that is not on trial. */
  public static SlotEntry of(String partition, long securityVersion) {
    return new SlotEntry(partition, securityVersion, OptionalInt.empty());
  }

  /** The number of a partition's entry: {@code Boot000A}, {@code Boot000B}. */
  public static int number(String partition) {
    return partition.equals("boot_a") ? 0x000A : 0x000B;
  }

  /**
   * Reads a description, which anybody may have written.
   *
   * @param partition whose entry it is
   * @return what it says; where it says nothing that we write, that nothing is known
   */
  public static SlotEntry parse(String partition, String description) {
    Matcher matcher = DESCRIPTION.matcher(description);
    if (!matcher.matches() || !matcher.group(1).equals(partition)) {
      return of(partition, 0);
    }
    long security = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2));
    if (security > Integer.MAX_VALUE) {
      return of(partition, 0);
    }
    return new SlotEntry(
        partition,
        security,
        matcher.group(3) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(matcher.group(3))));
  }

  public SlotEntry onTrial(int starts) {
    return new SlotEntry(partition, securityVersion, OptionalInt.of(starts));
  }

  public SlotEntry settled() {
    return of(partition, securityVersion);
  }

  public String description() {
    return "RefCam "
        + partition
        + (securityVersion > 0 ? " security=" + securityVersion : "")
        + (trials.isPresent() ? " trials=" + trials.getAsInt() : "");
  }
}
