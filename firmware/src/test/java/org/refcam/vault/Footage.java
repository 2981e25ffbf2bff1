// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.refcam.codec.AccessUnits;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;

/**
 * Made-up H.264 of one stream: every picture is known by its number, so that what is read back can
 * be compared with what was recorded.
 */
final class Footage {
  static final Instant START = Instant.parse("2026-11-25T08:00:00Z");
  static final long MEDIA_START = 5_000_000_000L;

  private final int framesPerSecond;
  private final int keyFrameDistance;
  private final int idrBytes;
  private final int otherBytes;

  /**
   * @param keyFrameDistance pictures from IDR to IDR
   */
  Footage(int framesPerSecond, int keyFrameDistance, int idrBytes, int otherBytes) {
    this.framesPerSecond = framesPerSecond;
    this.keyFrameDistance = keyFrameDistance;
    this.idrBytes = idrBytes;
    this.otherBytes = otherBytes;
  }

  /** Four small pictures a second, an IDR every second. */
  static Footage small() {
    return new Footage(4, 4, 60, 30);
  }

  MediaTime time(int picture) {
    return new MediaTime(MEDIA_START + picture * 1_000_000_000L / framesPerSecond);
  }

  Instant wallTime(int picture) {
    return START.plus(Duration.ofNanos(picture * 1_000_000_000L / framesPerSecond));
  }

  boolean idr(int picture) {
    return picture % keyFrameDistance == 0;
  }

  ClipStart clipStart(String stream, int picture) {
    return new ClipStart(
        stream,
        Trigger.CONTINUOUS,
        wallTime(picture),
        time(picture),
        FrameRate.of(framesPerSecond));
  }

  AccessUnit picture(int picture) {
    byte[] bytes = new byte[idr(picture) ? idrBytes : otherBytes];
    Random random = new Random(picture);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (1 + random.nextInt(255)); // no zero, so no start code
    }
    bytes[0] = 0;
    bytes[1] = 0;
    bytes[2] = 0;
    bytes[3] = 1;
    bytes[4] = (byte) (idr(picture) ? 0x65 : 0x41);
    return AccessUnits.of(bytes, time(picture), picture);
  }

  /** Records pictures {@code from} to {@code to - 1}. */
  void record(ClipWriter writer, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      writer.append(picture(i));
    }
  }
}
