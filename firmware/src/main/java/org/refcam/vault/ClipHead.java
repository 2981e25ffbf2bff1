// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.nio.charset.StandardCharsets;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;

/**
 * What chunk 0 of a segment says.
 *
 * <pre>
 *   | device: length u8, UTF-8 | stream: length u8, UTF-8 | trigger u8 |
 *   | wall time u64, microseconds | media time u64, nanoseconds | rate: numerator u32, denominator u32 |
 * </pre>
 */
record ClipHead(String device, ClipStart start) {

  byte[] encode() {
    ByteWriter out = new ByteWriter();
    putText(out, device);
    putText(out, start.stream());
    return out.u8(start.trigger().ordinal())
        .u64(Micros.of(start.wallTime()))
        .u64(start.mediaTime().nanos())
        .u32(start.frameRate().numerator())
        .u32(start.frameRate().denominator())
        .toByteArray();
  }

  /**
   * @throws TruncatedException if bytes end early
   * @throws IllegalArgumentException if a value is out of its range
   */
  static ClipHead parse(byte[] bytes) throws TruncatedException {
    ByteReader in = new ByteReader(bytes);
    String device = text(in);
    String stream = text(in);
    int trigger = in.u8();
    if (trigger >= Trigger.COUNT) {
      throw new IllegalArgumentException("trigger " + trigger);
    }
    long wall = in.u64();
    MediaTime media = new MediaTime(in.u64());
    FrameRate rate = new FrameRate((int) in.u32(), (int) in.u32());
    if (in.remaining() != 0) {
      throw new IllegalArgumentException("bytes after a clip's head");
    }
    return new ClipHead(
        device,
        new ClipStart(stream, Trigger.values()[trigger], Micros.instant(wall), media, rate));
  }

  private static void putText(ByteWriter out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.u8(bytes.length).raw(bytes);
  }

  private static String text(ByteReader in) throws TruncatedException {
    return new String(in.raw(in.u8()), StandardCharsets.UTF_8);
  }
}
