// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.util.function.Consumer;
import org.refcam.media.AccessUnit;
import org.refcam.media.VideoFrame;

/**
 * An H.264 encoder, in software or in hardware. Confined to one thread, on which it also calls the
 * sinks. Each IDR carries SPS and PPS in front.
 */
public interface VideoEncoder extends AutoCloseable {

  /**
   * Encodes one picture. Hardware may hand out earlier pictures' access units here, and none for
   * this one yet.
   *
   * @param frame lent for the length of the call
   * @param forceKeyFrame whether this picture becomes an IDR
   * @throws IOException if the encoder failed; it is of no further use then
   */
  void encode(VideoFrame frame, boolean forceKeyFrame, Consumer<AccessUnit> sink)
      throws IOException;

  /** Hands out what is still inside. */
  void drain(Consumer<AccessUnit> sink) throws IOException;

  /** Changes the target rate from the next picture on. */
  void bitrate(int bitsPerSecond) throws IOException;

  @Override
  void close();
}
