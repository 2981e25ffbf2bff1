// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Something that happened while a clip was recorded. It lies in the clip's segment, under the
 * clip's key, and goes with it.
 *
 * @param kind a word such as {@code motion}; 1 to 32 bytes of UTF-8
 * @param start first instant, kept to the microsecond
 * @param end not before start
 * @param detail free text such as a zone's name; up to 256 bytes of UTF-8, may be empty
 */
public record ClipEvent(String kind, Instant start, Instant end, String detail) {
  private static final int LONGEST_KIND = 32;
  private static final int LONGEST_DETAIL = 256;

  /**
   * @throws IllegalArgumentException if a text is too long or the end lies before the start
   */
  public ClipEvent {
    int kindBytes = kind.getBytes(StandardCharsets.UTF_8).length;
    int detailBytes = detail.getBytes(StandardCharsets.UTF_8).length;
    if (kindBytes < 1 || kindBytes > LONGEST_KIND || detailBytes > LONGEST_DETAIL) {
      throw new IllegalArgumentException("event texts of " + kindBytes + ", " + detailBytes);
    }
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("an event ends before it starts");
    }
    start = Micros.instant(Micros.of(start));
    end = Micros.instant(Micros.of(end));
  }
}
