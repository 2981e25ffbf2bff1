// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

/** Exit codes of every command. */
public final class Exit {
  /** Done; what was asked for holds. */
  public static final int OK = 0;

  /** Refused or failed: one line on standard error says why. */
  public static final int REFUSED = 1;

  /** Called wrongly: picocli's own code for a usage error. */
  public static final int USAGE = 2;

  private Exit() {}
}
