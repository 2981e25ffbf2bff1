// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.refcam.codec.AccessUnits;
import org.refcam.codec.NalUnitType;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

/**
 * H.264 of a camera or a board's encoder. Devices differ: some send SPS and PPS once, some in a
 * buffer of their own, some with each IDR. Here each IDR gets them in front, and the stream begins
 * at the first IDR whose sets are known. Confined to one thread.
 */
final class H264Units implements CodedUnits {
  private static final byte[] START_CODE = {0, 0, 0, 1};

  private byte[] sps = {};
  private byte[] pps = {};
  private boolean started;
  private long sequence;

  /**
   * @return empty for a buffer with parameter sets alone, before the first IDR, and for one that is
   *     no byte stream
   */
  @Override
  public Optional<AccessUnit> take(byte[] bytes, MediaTime time, boolean keyFrame) {
    AccessUnit unit;
    try {
      unit = AccessUnits.of(bytes, time, sequence);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean complete = rememberParameterSets(unit);
    started |= unit.idr() && sps.length > 0 && pps.length > 0;
    if (!started || !hasSlice(unit)) {
      return Optional.empty();
    }
    sequence++;
    return Optional.of(unit.idr() && !complete ? withParameterSets(unit, bytes) : unit);
  }

  /** Learns from a buffer that must not leave; what leaves after it begins with an IDR again. */
  void withhold(byte[] bytes) {
    started = false;
    try {
      rememberParameterSets(AccessUnits.of(bytes, new MediaTime(0), 0));
    } catch (IllegalArgumentException e) {
      return; // no byte stream: nothing to learn
    }
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
