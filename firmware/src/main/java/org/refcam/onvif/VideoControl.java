// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.refcam.encode.EncoderLimits;
import org.refcam.encode.EncoderSettings;
import org.refcam.media.VideoFormat;

/** The camera's streams and their encoders. Implementations are safe from any thread. */
public interface VideoControl {
  /** What the pictures come in; empty while there is no source. */
  Optional<VideoFormat> source();

  /**
   * One stream.
   *
   * @param name {@code main} or {@code sub}
   * @param settings in force
   * @param limits within which the settings can be changed
   */
  record EncodedStream(String name, EncoderSettings settings, EncoderLimits limits) {}

  /** The main stream first. Empty while there is no source, or if its encoder cannot be changed. */
  List<EncodedStream> streams();

  /**
   * Changes an encoder; returns once pictures are encoded so.
   *
   * @throws IllegalArgumentException if the settings are outside the stream's limits
   * @throws IOException if the encoder refused; the old settings stay
   */
  void configure(String stream, EncoderSettings settings) throws IOException;

  /** Makes the next picture of a stream an IDR. */
  void requestKeyFrame(String stream);
}
