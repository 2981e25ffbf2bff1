// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.util.Locale;

/**
 * The two chains. They have separate room on disk, so that whoever floods the one with guesses
 * cannot push out of the other what was changed.
 */
public enum ChainName {
  /** What changed the camera, and what it found out about itself. */
  CHANGES(1),
  /** Who came in, or tried to: what a stranger on the network can cause. */
  ACCESS(2);

  private final int code;

  ChainName(int code) {
    this.code = code;
  }

  /** The byte in a segment's header. */
  int code() {
    return code;
  }

  /** As files, exports and REST name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
