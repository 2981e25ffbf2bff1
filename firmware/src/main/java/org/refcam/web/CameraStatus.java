// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.util.List;
import java.util.Optional;
import org.refcam.stream.VideoStream;

/** Tells what the camera is and does. */
@FunctionalInterface
public interface CameraStatus {
  Facts facts();

  /**
   * One moment's facts.
   *
   * @param source what the pictures come from
   * @param assurance how well the root of trust is protected
   * @param rtspsPort TCP port of RTSP over TLS
   */
  record Facts(
      String serial,
      String version,
      String source,
      String assurance,
      int rtspsPort,
      long uptimeSeconds,
      List<StreamFacts> streams) {
    public Facts {
      streams = List.copyOf(streams);
    }
  }

  /** One stream's facts, in the names of the REST interface. */
  record StreamFacts(
      String name, int width, int height, double frameRate, int bitsPerSecond, int viewers) {
    /** Of a stream as it is now; empty before its first picture. */
    public static Optional<StreamFacts> of(VideoStream stream) {
      return stream
          .parameters()
          .map(
              p ->
                  new StreamFacts(
                      stream.name(),
                      p.width(),
                      p.height(),
                      p.frameRate().perSecond(),
                      stream.bitsPerSecond(),
                      stream.viewers()));
    }
  }
}
