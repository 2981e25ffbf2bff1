// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import java.util.Locale;

/** What a scheme rests on; see {@link RoleKeys} for roles that need both. */
public enum KeyFamily {
  /** Discrete logarithms or factoring: a large quantum computer breaks it. */
  CLASSICAL,
  /** Module lattices. */
  POST_QUANTUM;

  /** As metadata spells it: {@code post-quantum}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
