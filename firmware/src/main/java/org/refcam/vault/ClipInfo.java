// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.time.Duration;
import java.time.Instant;

/**
 * One clip as the index knows it. Immutable.
 *
 * @param start wall time of the first picture
 * @param end wall time at which the last picture ends: its own time and one nominal frame interval
 * @param bytes size of the segment on disk
 * @param pictures access units
 * @param held whether a legal hold keeps it from retention and erasure of ranges
 * @param thumbnail whether {@link Vault#thumbnail} has one
 */
public record ClipInfo(
    ClipId id,
    String stream,
    Trigger trigger,
    Instant start,
    Instant end,
    long bytes,
    int pictures,
    ClipState state,
    boolean held,
    boolean thumbnail) {

  public Duration duration() {
    return Duration.between(start, end);
  }
}
