// SPDX-License-Identifier: Apache-2.0
package org.refcam.media;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where pictures come from: a V4L2 camera, a file, the built-in scene. One thread reads it. A
 * source outlives the frames that it lent: {@link #close} waits for no one, so close frames first.
 */
public interface VideoSource extends AutoCloseable {

  /** What {@link #next} delivers; fixed from opening to closing. */
  VideoFormat format();

  /** A short name for people and logs, such as {@code /dev/video0 (uvcvideo)}. */
  String name();

  /**
   * Waits for the next picture.
   *
   * @param deadline the longest wait; not negative
   * @return the picture, or empty when the deadline passed first
   * @throws EndOfStreamException when no picture will ever come again: unplugged, end of file
   * @throws IOException when the device or file failed otherwise
   */
  Optional<VideoFrame> next(Duration deadline) throws IOException, EndOfStreamException;

  /**
   * Ends a wait of {@link #next}, from any thread and for good, where waiting can outlast the
   * deadline; {@code next} then returns empty. Sources that keep their deadlines need none.
   */
  default void interrupt() {}

  @Override
  void close();
}
