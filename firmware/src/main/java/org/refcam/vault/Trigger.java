// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

/** Why a clip was recorded. The order is part of the segment format. */
public enum Trigger {
  CONTINUOUS,
  SCHEDULED,
  MOTION,
  MANUAL;

  static final int COUNT = values().length;
}
