// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.refcam.media.AccessUnit;
import org.refcam.media.VideoFrame;

/** Access units of a camera that encodes by itself. Confined to the capture thread. */
final class PassThrough {
  private final H264Units units = new H264Units();

  /**
   * @param withhold whether this unit must not leave; the stream then begins anew with an IDR
   * @return empty if withheld, or if there is nothing to show, see {@link H264Units#take}
   */
  Optional<AccessUnit> take(VideoFrame frame, boolean withhold) {
    ByteBuffer data = frame.planes().get(0).data().duplicate();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    if (withhold) {
      units.withhold(bytes);
      return Optional.empty();
    }
    return units.take(bytes, frame.time(), false);
  }
}
