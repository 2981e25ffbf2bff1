// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.refcam.media.MediaTime;

/**
 * What the final chunk of a segment says: everything that the index knows of a clip, and how to
 * seek in it.
 *
 * <pre>
 *   | first media time u64 | last media time u64 | pictures u32 |
 *   | thumbnail: offset u64, sequence u32 (both 0: none) |
 *   | key frames u16 | media time u64, offset u64, sequence u32 | ...
 *   | events u16 | kind: u8, UTF-8 | start u64, end u64, microseconds | detail: u16, UTF-8 | ...
 * </pre>
 *
 * @param thumbnailOffset 0 if there is none
 * @param keyFrames ascending, a second or more apart
 */
record SegmentSummary(
    long firstMediaNanos,
    long lastMediaNanos,
    int pictures,
    long thumbnailOffset,
    int thumbnailSequence,
    List<KeyFrame> keyFrames,
    List<ClipEvent> events) {

  SegmentSummary {
    keyFrames = List.copyOf(keyFrames);
    events = List.copyOf(events);
  }

  /** The clip as the index lists it. */
  ClipInfo info(ClipId clip, ClipStart start, ClipState state, long bytes, boolean held) {
    return new ClipInfo(
        clip,
        start.stream(),
        start.trigger(),
        start.wallTimeOf(new MediaTime(firstMediaNanos)),
        start.wallTimeOf(new MediaTime(lastMediaNanos + start.frameRate().intervalNanos())),
        bytes,
        pictures,
        state,
        held,
        thumbnailOffset != 0);
  }

  byte[] encode() {
    ByteWriter out =
        new ByteWriter()
            .u64(firstMediaNanos)
            .u64(lastMediaNanos)
            .u32(pictures)
            .u64(thumbnailOffset)
            .u32(thumbnailSequence)
            .u16(keyFrames.size());
    for (KeyFrame frame : keyFrames) {
      out.u64(frame.mediaNanos()).u64(frame.offset()).u32(frame.sequence());
    }
    out.u16(events.size());
    for (ClipEvent event : events) {
      put(out, event);
    }
    return out.toByteArray();
  }

  /**
   * @throws TruncatedException if bytes end early
   * @throws IllegalArgumentException if a value is out of its range
   */
  static SegmentSummary parse(byte[] bytes) throws TruncatedException {
    ByteReader in = new ByteReader(bytes);
    long first = in.u64();
    long last = in.u64();
    int pictures = (int) in.u32();
    long thumbnailOffset = in.u64();
    int thumbnailSequence = (int) in.u32();
    List<KeyFrame> frames = new ArrayList<>();
    int frameCount = in.u16();
    for (int i = 0; i < frameCount; i++) {
      frames.add(new KeyFrame(in.u64(), in.u64(), (int) in.u32()));
    }
    List<ClipEvent> events = new ArrayList<>();
    int eventCount = in.u16();
    for (int i = 0; i < eventCount; i++) {
      events.add(event(in));
    }
    if (in.remaining() != 0 || pictures < 1 || frames.isEmpty()) {
      throw new IllegalArgumentException("not a summary");
    }
    return new SegmentSummary(
        first, last, pictures, thumbnailOffset, thumbnailSequence, frames, events);
  }

  static byte[] encode(ClipEvent event) {
    ByteWriter out = new ByteWriter();
    put(out, event);
    return out.toByteArray();
  }

  /** As {@link #parse}, for the chunk of one event. */
  static ClipEvent parseEvent(byte[] bytes) throws TruncatedException {
    return event(new ByteReader(bytes));
  }

  private static void put(ByteWriter out, ClipEvent event) {
    byte[] kind = event.kind().getBytes(StandardCharsets.UTF_8);
    byte[] detail = event.detail().getBytes(StandardCharsets.UTF_8);
    out.u8(kind.length).raw(kind);
    out.u64(Micros.of(event.start())).u64(Micros.of(event.end()));
    out.u16(detail.length).raw(detail);
  }

  private static ClipEvent event(ByteReader in) throws TruncatedException {
    String kind = new String(in.raw(in.u8()), StandardCharsets.UTF_8);
    long start = in.u64();
    long end = in.u64();
    String detail = new String(in.raw(in.u16()), StandardCharsets.UTF_8);
    return new ClipEvent(kind, Micros.instant(start), Micros.instant(end), detail);
  }
}
