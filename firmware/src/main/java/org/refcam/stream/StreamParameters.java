// SPDX-License-Identifier: Apache-2.0
package org.refcam.stream;

import java.util.Arrays;
import java.util.Objects;
import org.refcam.codec.SequenceParameterSet;
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
