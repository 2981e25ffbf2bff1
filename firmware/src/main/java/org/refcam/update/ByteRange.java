// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Bytes of a resource.
 *
 * @param from the first
 * @param until the one after the last
 */
public record ByteRange(long from, long until) {
  public ByteRange {
    if (from < 0 || until <= from) {
      throw new IllegalArgumentException("bytes " + from + " until " + until);
    }
  }

  long length() {
    return until - from;
  }

  /** As {@code Range} asks for them (RFC 9110, 14.2). */
  public static String header(List<ByteRange> ranges) {
    return ranges.stream()
        .map(range -> range.from + "-" + (range.until - 1))
        .collect(Collectors.joining(",", "bytes=", ""));
  }
}
