// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.refcam.rtsp.RtspMessage.Request;

/**
 * How a PLAY wants a recording (ONVIF Streaming Specification, 6.4 and 6.5). Immutable.
 *
 * @param range the header as sent, if any
 * @param scale times real time; below zero is backwards. Without rate control only its sign counts
 * @param rateControl whether the camera paces; else it sends as fast as the client reads
 * @param intra IDR pictures only
 * @param distance the least time from one intra picture to the next
 * @param cseq of the request
 */
record ReplayWish(
    Optional<String> range,
    double scale,
    boolean rateControl,
    boolean intra,
    Duration distance,
    int cseq) {
  static final double MOST_SCALE = 64;
  private static final double LEAST_SCALE = 1.0 / 64;
  private static final Pattern SCALE = Pattern.compile("-?[0-9]{1,4}(?:\\.[0-9]{0,6})?");
  private static final Pattern FRAMES =
      Pattern.compile("(?:all|predicted|intra(?:/([0-9]{1,9}))?)");

  /** Empty if a header has a value that it cannot have. */
  static Optional<ReplayWish> parse(Request request) {
    String scaleText = request.header("scale").map(String::strip).orElse("1.0");
    String frames =
        request.header("frames").map(f -> f.strip().toLowerCase(Locale.ROOT)).orElse("all");
    String control =
        request.header("rate-control").map(c -> c.strip().toLowerCase(Locale.ROOT)).orElse("yes");
    Matcher frameMatch = FRAMES.matcher(frames);
    boolean good =
        SCALE.matcher(scaleText).matches()
            && frameMatch.matches()
            && (control.equals("yes") || control.equals("no"));
    if (!good) {
      return Optional.empty();
    }
    double scale = Double.parseDouble(scaleText);
    if (scale == 0) {
      return Optional.empty();
    }
    double size = Math.max(LEAST_SCALE, Math.min(MOST_SCALE, Math.abs(scale)));
    long millis = frameMatch.group(1) == null ? 0 : Long.parseLong(frameMatch.group(1));
    return Optional.of(
        new ReplayWish(
            request.header("range"),
            scale < 0 ? -size : size,
            control.equals("yes"),
            frames.startsWith("intra"),
            Duration.ofMillis(millis),
            (int) (Long.parseLong(request.header("cseq").orElse("0")) & 0xFF)));
  }

  boolean backwards() {
    return scale < 0;
  }
}
