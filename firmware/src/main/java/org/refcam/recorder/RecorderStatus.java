// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.time.Instant;

/**
 * What the recorder of one stream does now. Immutable.
 *
 * @param since when this state began
 * @param dropped pictures that the disk was too slow for
 */
public record RecorderStatus(String stream, State state, Instant since, long dropped) {
  /** From the least worrying on. */
  public enum State {
    /** Not asked to record. */
    OFF,
    /** Waits for movement, for its scheduled time or for a picture. */
    WAITING,
    RECORDING,
    /** The medium is full and nothing may be erased to make room: what is there is held. */
    FULL,
    /** The medium cannot be written. */
    READ_ONLY,
    /** The medium fails in another way. */
    FAILING
  }

  /** Whether the owner should do something. */
  public boolean trouble() {
    return state.compareTo(State.FULL) >= 0;
  }
}
