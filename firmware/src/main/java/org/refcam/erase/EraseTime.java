// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A wall-clock time and how good it is.
 *
 * @param time UTC, whole seconds
 * @param quality {@code synchronised} if a time server has answered since the boot, else {@code
 *     unsynchronised}
 */
public record EraseTime(Instant time, String quality) {
  public EraseTime {
    time = time.truncatedTo(ChronoUnit.SECONDS);
  }
}
