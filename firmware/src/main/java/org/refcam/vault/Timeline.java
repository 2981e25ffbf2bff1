// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.time.Instant;
import java.util.List;

/**
 * What one stream recorded in a range of time. Immutable; lists are in order of time.
 *
 * @param clips every clip of which some part lies in the range
 * @param gaps the parts of the range that no clip covers
 * @param events of those clips, as far as they touch the range
 */
public record Timeline(List<ClipInfo> clips, List<Gap> gaps, List<Event> events) {
  public Timeline {
    clips = List.copyOf(clips);
    gaps = List.copyOf(gaps);
    events = List.copyOf(events);
  }

  /** A time without recording, from inclusive to exclusive. */
  public record Gap(Instant from, Instant to) {}

  /** An event and the clip that it lies in. */
  public record Event(ClipId clip, ClipEvent event) {}
}
