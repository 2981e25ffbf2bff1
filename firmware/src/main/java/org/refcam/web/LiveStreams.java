// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.Optional;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.mp4.VideoTrack;

/** The streams that a browser may watch. */
@FunctionalInterface
public interface LiveStreams {
  /**
   * @param name {@code main} or {@code sub}
   */
  Optional<LiveStream> find(String name);

  /** One stream of access units, shared by all viewers. */
  interface LiveStream {
    /** The stream's parameters, once its first IDR picture has been seen. */
    Optional<VideoTrack> track();

    FrameRate frameRate();

    /** Asks the encoder for an IDR picture soon. */
    void requestKeyFrame();

    /** Delivers every further access unit until the result is closed; close is idempotent. */
    Subscription subscribe(Viewer viewer);
  }

  /** Ends a subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Receives a stream on the encoder's thread; must not block. */
  interface Viewer {
    void accept(AccessUnit accessUnit);

    /** The stream is over; nothing follows. */
    void ended();
  }
}
