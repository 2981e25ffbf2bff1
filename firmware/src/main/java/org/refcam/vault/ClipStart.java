// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;

/**
 * What is known of a clip when it begins. Sealed into the segment and bound to each of its chunks.
 *
 * <p>The wall time of every picture of the clip is {@code wallTime + (its media time - mediaTime)}:
 * one anchor per clip, so that a clock that is set in the middle of a clip moves nothing. Whoever
 * notices that the clock was set ends the clip and starts another.
 *
 * @param stream the stream's name, such as {@code main}; 1 to 64 bytes of UTF-8
 * @param trigger why it is recorded
 * @param wallTime the wall clock at {@code mediaTime}; kept to the microsecond
 * @param mediaTime a reading of the capture clock, usually that of the first picture
 * @param frameRate nominal, for whoever plays or exports the clip
 */
public record ClipStart(
    String stream, Trigger trigger, Instant wallTime, MediaTime mediaTime, FrameRate frameRate) {
  private static final int LONGEST_NAME = 64;

  /**
   * @throws IllegalArgumentException if the stream's name is empty or too long
   */
  public ClipStart {
    int length = stream.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > LONGEST_NAME) {
      throw new IllegalArgumentException("a stream's name of " + length + " bytes");
    }
    wallTime = Micros.instant(Micros.of(wallTime));
  }

  /** The wall time of a picture of this clip. */
  public Instant wallTimeOf(MediaTime time) {
    return wallTime.plus(time.since(mediaTime));
  }

  /** The inverse of {@link #wallTimeOf}. */
  public MediaTime mediaTimeOf(Instant time) {
    return mediaTime.plus(Duration.between(wallTime, time));
  }
}
