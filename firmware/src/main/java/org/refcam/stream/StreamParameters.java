// SPDX-License-Identifier: Apache-2.0
package org.refcam.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.refcam.codec.InvalidParameterSetException;
import org.refcam.codec.NalUnitType;
import org.refcam.codec.SequenceParameterSet;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;

/**
 * What a viewer must know before the first picture. Immutable.
 *
 * @param sps sequence parameter set, with NAL unit header, without start code
 * @param pps picture parameter set, likewise
 * @param parsed what the SPS says
 * @param frameRate nominal
 */
public record StreamParameters(
    byte[] sps, byte[] pps, SequenceParameterSet parsed, FrameRate frameRate) {
  public StreamParameters {
    sps = sps.clone();
    pps = pps.clone();
  }

  /**
   * What an IDR access unit says.
   *
   * @return empty if it has no parameter sets: some cameras send them only once
   * @throws InvalidParameterSetException if they cannot be read
   */
  public static Optional<StreamParameters> find(AccessUnit unit, FrameRate frameRate)
      throws InvalidParameterSetException {
    Optional<byte[]> sps = first(unit, NalUnitType.SPS);
    Optional<byte[]> pps = first(unit, NalUnitType.PPS);
    if (sps.isEmpty() || pps.isEmpty()) {
      return Optional.empty();
    }
    SequenceParameterSet parsed = SequenceParameterSet.parse(ByteBuffer.wrap(sps.get()));
    return Optional.of(new StreamParameters(sps.get(), pps.get(), parsed, frameRate));
  }

  private static Optional<byte[]> first(AccessUnit unit, int type) {
    for (ByteBuffer nalUnit : unit.nalUnits()) {
      if (NalUnitType.of(nalUnit) == type) {
        byte[] bytes = new byte[nalUnit.remaining()];
        nalUnit.get(bytes);
        return Optional.of(bytes);
      }
    }
    return Optional.empty();
  }

  @Override
  public byte[] sps() {
    return sps.clone();
  }

  @Override
  public byte[] pps() {
    return pps.clone();
  }

  public int width() {
    return parsed.width();
  }

  public int height() {
    return parsed.height();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StreamParameters that
        && Arrays.equals(sps, that.sps)
        && Arrays.equals(pps, that.pps)
        && frameRate.equals(that.frameRate);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(sps), Arrays.hashCode(pps), frameRate);
  }

  @Override
  public String toString() {
    return parsed.profileLevelId() + " " + width() + "x" + height() + "@" + frameRate;
  }
}
