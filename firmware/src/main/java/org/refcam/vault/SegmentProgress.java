// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a segment while it grows, or while it is read through: the makings of its
 * summary. Kept alike by who writes and who recovers, so that both end a segment with the same
 * bytes. Confined to one thread.
 */
final class SegmentProgress {
  static final int MOST_EVENTS = 100;
  private static final long KEY_FRAME_DISTANCE_NANOS = 1_000_000_000L;

  private final List<KeyFrame> keyFrames = new ArrayList<>();
  private final List<ClipEvent> events = new ArrayList<>();
  private long firstMediaNanos;
  private long lastMediaNanos;
  private int pictures;
  private long thumbnailOffset;
  private int thumbnailSequence;

  void picture(long mediaNanos) {
    if (pictures++ == 0) {
      firstMediaNanos = mediaNanos;
    }
    lastMediaNanos = mediaNanos;
  }

  /** Kept if the last one that was kept is a second or more away. */
  void keyFrame(KeyFrame frame) {
    if (keyFrames.isEmpty()
        || frame.mediaNanos() - keyFrames.get(keyFrames.size() - 1).mediaNanos()
            >= KEY_FRAME_DISTANCE_NANOS) {
      keyFrames.add(frame);
    }
  }

  void event(ClipEvent event) {
    events.add(event);
  }

  void thumbnail(long offset, int sequence) {
    thumbnailOffset = offset;
    thumbnailSequence = sequence;
  }

  int pictures() {
    return pictures;
  }

  int events() {
    return events.size();
  }

  long firstMediaNanos() {
    return firstMediaNanos;
  }

  long lastMediaNanos() {
    return lastMediaNanos;
  }

  SegmentSummary summary() {
    return new SegmentSummary(
        firstMediaNanos,
        lastMediaNanos,
        pictures,
        thumbnailOffset,
        thumbnailSequence,
        keyFrames,
        events);
  }
}
