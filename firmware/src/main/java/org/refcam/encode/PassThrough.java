// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.refcam.codec.AccessUnits;
import org.refcam.codec.NalUnitType;
import org.refcam.media.AccessUnit;
import org.refcam.media.VideoFrame;

/**
 * Access units of a camera that encodes by itself, brought to the shape that all streams have:
 * begins with an IDR, and each IDR carries SPS and PPS. Cameras send these once, or alone in a
 * buffer, or with each IDR. Confined to the capture thread.
 */
final class PassThrough {
  private static final byte[] START_CODE = {0, 0, 0, 1};

  private byte[] sps = {};
  private byte[] pps = {};
  private boolean started;
  private long sequence;

  /**
   * @param withhold whether this unit must not leave; the stream then begins anew with an IDR
   * @return empty if withheld, for a buffer with parameter sets alone, before the first IDR, and
   *     for one that is no byte stream
   */
  Optional<AccessUnit> take(VideoFrame frame, boolean withhold) {
    ByteBuffer data = frame.planes().get(0).data().duplicate();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    AccessUnit unit;
    try {
      unit = AccessUnits.of(bytes, frame.time(), sequence);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean complete = rememberParameterSets(unit);
    boolean sets = sps.length > 0 && pps.length > 0;
    started = !withhold && (started || unit.idr() && sets);
    if (!started || !hasSlice(unit)) {
      return Optional.empty();
    }
    sequence++;
    return Optional.of(unit.idr() && !complete ? withParameterSets(unit, bytes) : unit);
  }

  /** Whether the unit has both. */
  private boolean rememberParameterSets(AccessUnit unit) {
    boolean hasSps = false;
    boolean hasPps = false;
    for (ByteBuffer nalUnit : unit.nalUnits()) {
      if (NalUnitType.of(nalUnit) == NalUnitType.SPS) {
        sps = copy(nalUnit);
        hasSps = true;
      } else if (NalUnitType.of(nalUnit) == NalUnitType.PPS) {
        pps = copy(nalUnit);
        hasPps = true;
      }
    }
    return hasSps && hasPps;
  }

  private static boolean hasSlice(AccessUnit unit) {
    return unit.idr()
        || unit.nalUnits().stream().anyMatch(n -> NalUnitType.of(n) == NalUnitType.SLICE);
  }

  private AccessUnit withParameterSets(AccessUnit unit, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : new byte[][] {START_CODE, sps, START_CODE, pps, bytes}) {
      out.writeBytes(part);
    }
    return AccessUnits.of(out.toByteArray(), unit.time(), unit.sequence());
  }

  private static byte[] copy(ByteBuffer nalUnit) {
    byte[] bytes = new byte[nalUnit.remaining()];
    nalUnit.get(bytes);
    return bytes;
  }
}
