// SPDX-License-Identifier: Apache-2.0
package org.refcam.mp4;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * What a player must know of an H.264 stream before its first picture. Immutable; arrays are copied
 * in and out.
 */
public final class VideoTrack {
  /** Profile, constraint flags and level follow the NAL unit header (ITU-T H.264, 7.3.2.1.1). */
  private static final int SMALLEST_SPS = 4;

  private static final int LARGEST_PARAMETER_SET = 0xFFFF;
  private static final int LARGEST_SIDE = 0xFFFF;

  private final byte[] sps;
  private final byte[] pps;
  private final int width;
  private final int height;

  /**
   * @param sps the sequence parameter set's NAL unit, without start code
   * @param pps the picture parameter set's NAL unit, without start code
   * @param width pixels shown, 1 to 65,535
   * @param height pixels shown, 1 to 65,535
   * @throws IllegalArgumentException if a parameter set or a side cannot be written in an avcC box
   */
  public VideoTrack(byte[] sps, byte[] pps, int width, int height) {
    if (sps.length < SMALLEST_SPS || sps.length > LARGEST_PARAMETER_SET) {
      throw new IllegalArgumentException("SPS of " + sps.length + " bytes");
    }
    if (pps.length < 2 || pps.length > LARGEST_PARAMETER_SET) {
      throw new IllegalArgumentException("PPS of " + pps.length + " bytes");
    }
    if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE) {
      throw new IllegalArgumentException("picture of " + width + "x" + height);
    }
    this.sps = sps.clone();
    this.pps = pps.clone();
    this.width = width;
    this.height = height;
  }

  public byte[] sps() {
    return sps.clone();
  }

  public byte[] pps() {
    return pps.clone();
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /**
   * The codec's name as RFC 6381, 3.3 writes it: {@code avc1.} and profile, flags, level in hex.
   */
  public String codec() {
    return String.format(
        Locale.ROOT, "avc1.%02X%02X%02X", sps[1] & 0xFF, sps[2] & 0xFF, sps[3] & 0xFF);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VideoTrack track
        && width == track.width
        && height == track.height
        && Arrays.equals(sps, track.sps)
        && Arrays.equals(pps, track.pps);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(sps), Arrays.hashCode(pps), width, height);
  }
}
