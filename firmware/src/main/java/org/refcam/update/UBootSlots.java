// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Slots of a board with U-Boot, which chooses by the environment: {@link SlotState}'s variables,
 * and {@code REFCAM_x_SECURITY} with the security version of what lies in a slot. Each change is
 * one write of the environment. What U-Boot boots it verifies itself, by the signed FIT. Confined
 * to one thread.
 */
public final class UBootSlots extends PartitionSlots {
  private final EnvironmentStore environment;
  private final long runningSecurityVersion;

  /**
   * @param running as the signed boot image told the kernel, {@code refcam.slot=} of its command
   *     line
   * @param runningSecurityVersion as the verified root file system says it: who can write the
   *     environment cannot make running software look newer than it is
   */
  public UBootSlots(
      EnvironmentStore environment,
      Partitions partitions,
      SlotName running,
      long runningSecurityVersion) {
    super(partitions, running);
    this.environment = environment;
    this.runningSecurityVersion = runningSecurityVersion;
  }

  @Override
  public SlotState state() throws IOException {
    try {
      return SlotVariables.of(variables());
    } catch (IllegalArgumentException e) {
      throw new IOException("the environment holds no slot state", e);
    }
  }

  @Override
  public void arm(InstalledBundle installed) throws IOException {
    Map<String, String> changes =
        new TreeMap<>(SlotVariables.of(state().armed(installed.slot(), ATTEMPTS)));
    changes.put(security(installed.slot()), Long.toString(installed.manifest().securityVersion()));
    change(changes);
  }

  @Override
  void save(SlotState state) throws IOException {
    change(SlotVariables.of(state));
  }

  @Override
  public long securityVersion(SlotName slot) throws IOException {
    if (slot == running()) {
      return runningSecurityVersion;
    }
    try {
      return Long.parseLong(variables().getOrDefault(security(slot), "0"));
    } catch (NumberFormatException e) {
      throw new IOException(security(slot) + " is no number", e);
    }
  }

  private static String security(SlotName slot) {
    return "REFCAM_" + slot.name().toUpperCase(Locale.ROOT) + "_SECURITY";
  }

  private Map<String, String> variables() throws IOException {
    try {
      return environment.read();
    } catch (InvalidEnvironmentException e) {
      throw new IOException(e);
    }
  }

  private void change(Map<String, String> changes) throws IOException {
    try {
      environment.change(changes);
    } catch (InvalidEnvironmentException e) {
      throw new IOException(e);
    }
  }
}
