// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.util.HexFormat;
import org.refcam.codec.AccessUnits;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

/** Made-up access units whose bytes say which picture they are. */
final class Units {
  /** Of OpenH264 2.3.1 for 1920x1080. */
  private static final String SPS = "6742C0288C8D403C0113F2C03C2211A8";

  private static final String OTHER_SPS = "6742C01F8C8D402802DD80B5010101403C60C5A8";

  private Units() {}

  /** Picture number {@code n} of 10 a second, an IDR every {@code gop}. */
  static AccessUnit unit(long n, int gop) {
    return unit(n, n * 100_000_000L, n % gop == 0, SPS);
  }

  static AccessUnit unit(long sequence, long nanos, boolean idr, String sps) {
    String head = idr ? "00000001" + sps + "0000000168CE3C80" : "";
    String picture = String.format("%s%016x", idr ? "65" : "41", sequence + 0x1111_1111_1111_1111L);
    byte[] bytes = HexFormat.of().parseHex(head + "00000001" + picture);
    return AccessUnits.of(bytes, new MediaTime(nanos), sequence);
  }

  static AccessUnit otherCamera(long n, long nanos) {
    return unit(n, nanos, true, OTHER_SPS);
  }

  static String sps() {
    return SPS;
  }
}
