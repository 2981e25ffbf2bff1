// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.refcam.vault.Trigger;

/**
 * When and what to record, and how long to keep it. Immutable.
 *
 * @param streams names of the streams to record
 * @param preRoll what motion recording keeps of the time before the movement; up to 30 s
 * @param postRoll how long it goes on after the movement; 2 s to 5 min
 * @param clipLength after which a clip ends and the next begins, at a key frame; 1 to 10 min.
 *     Erasing is by clip, so shorter clips can be erased more exactly
 * @param limits of what is kept
 */
public record RecordingSettings(
    Mode mode,
    Set<String> streams,
    WeeklySchedule schedule,
    ZoneId zone,
    Duration preRoll,
    Duration postRoll,
    Duration clipLength,
    Retention.Limits limits) {
  static final Duration LONGEST_PRE_ROLL = Duration.ofSeconds(30);
  private static final Duration SHORTEST_POST_ROLL = Duration.ofSeconds(2);
  private static final Duration LONGEST_POST_ROLL = Duration.ofMinutes(5);
  private static final Duration SHORTEST_CLIP = Duration.ofMinutes(1);
  private static final Duration LONGEST_CLIP = Duration.ofMinutes(10);

  /** Whether to record at all, and at which of the scheduled times. */
  public enum Mode {
    OFF,
    CONTINUOUS,
    MOTION
  }

  /**
   * @throws IllegalArgumentException if a duration is out of range
   */
  public RecordingSettings {
    streams = Set.copyOf(streams);
    require(preRoll, Duration.ZERO, LONGEST_PRE_ROLL);
    require(postRoll, SHORTEST_POST_ROLL, LONGEST_POST_ROLL);
    require(clipLength, SHORTEST_CLIP, LONGEST_CLIP);
  }

  /** Whether the stream takes part at any time. */
  boolean wants(String stream) {
    return mode != Mode.OFF && streams.contains(stream);
  }

  /**
   * Why to record at this moment; empty for not at all.
   *
   * @param moving whether something moves, or did within the post-roll
   */
  Optional<Trigger> trigger(Instant now, boolean moving) {
    if (mode == Mode.OFF || (mode == Mode.MOTION && !moving) || !schedule.covers(now, zone)) {
      return Optional.empty();
    }
    if (mode == Mode.MOTION) {
      return Optional.of(Trigger.MOTION);
    }
    return Optional.of(schedule.spans().isEmpty() ? Trigger.CONTINUOUS : Trigger.SCHEDULED);
  }

  private static void require(Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(value + " is not from " + least + " to " + most);
    }
  }
}
