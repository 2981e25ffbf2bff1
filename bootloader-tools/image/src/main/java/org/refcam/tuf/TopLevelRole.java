// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.util.Locale;

/** The four roles that root metadata gives keys to (2.1). */
public enum TopLevelRole {
  ROOT,
  TIMESTAMP,
  SNAPSHOT,
  TARGETS;

  /** As metadata spells it: {@code root}. */
  public String roleName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As files are named: {@code root.json}. */
  public String fileName() {
    return roleName() + ".json";
  }
}
