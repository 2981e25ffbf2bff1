// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.catalogue;

/** How a check bears on a requirement. */
public record CheckLink(String check, Role role) {
  /** What the check's PASS is worth. */
  public enum Role {
    /** What the network shows suffices: when all deciding checks pass, the requirement does. */
    DECIDES,
    /** A failure breaks the requirement, a pass does not yet meet it. */
    REFUTES
  }
}
