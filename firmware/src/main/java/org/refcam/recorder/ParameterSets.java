// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.codec.InvalidParameterSetException;
import org.refcam.codec.NalUnitType;
import org.refcam.codec.SequenceParameterSet;
import org.refcam.media.AccessUnit;
import org.refcam.mp4.VideoTrack;

/**
 * The parameter sets that an IDR access unit carries. Immutable.
 *
 * @param track as MP4 wants them
 */
record ParameterSets(VideoTrack track) {

  /** Empty if the picture has none, or none that can be read. */
  static Optional<ParameterSets> find(AccessUnit unit) {
    byte @Nullable [] sps = null;
    byte @Nullable [] pps = null;
    for (ByteBuffer nalUnit : unit.nalUnits()) {
      int type = NalUnitType.of(nalUnit);
      if (type == NalUnitType.SPS && sps == null) {
        sps = bytes(nalUnit);
      } else if (type == NalUnitType.PPS && pps == null) {
        pps = bytes(nalUnit);
      }
    }
    if (sps == null || pps == null) {
      return Optional.empty();
    }
    try {
      SequenceParameterSet parsed = SequenceParameterSet.parse(ByteBuffer.wrap(sps));
      return Optional.of(
          new ParameterSets(new VideoTrack(sps, pps, parsed.width(), parsed.height())));
    } catch (InvalidParameterSetException | IllegalArgumentException e) {
      return Optional.empty(); // the clip goes on with those it began with
    }
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.duplicate().get(bytes);
    return bytes;
  }
}
