// SPDX-License-Identifier: Apache-2.0
package org.refcam.codec;

import java.util.Arrays;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

/** Makes {@link AccessUnit}s of byte streams (ITU-T H.264, annex B). */
public final class AccessUnits {
  private static final int NAL_UNITS_MAX = 256;

  private AccessUnits() {}

  /**
   * Finds the NAL units of one access unit.
   *
   * @param annexB one access unit; ownership passes to the result
   * @throws IllegalArgumentException if there is no NAL unit, or more than 256
   */
  public static AccessUnit of(byte[] annexB, MediaTime time, long sequence) {
    int[] offsets = new int[NAL_UNITS_MAX];
    int[] lengths = new int[NAL_UNITS_MAX];
    int count = 0;
    boolean idr = false;
    int begin = nextNalUnit(annexB, 0);
    while (begin < annexB.length) {
      if (count == NAL_UNITS_MAX) {
        throw new IllegalArgumentException("more than " + NAL_UNITS_MAX + " NAL units");
      }
      int next = nextNalUnit(annexB, begin);
      int end = next >= annexB.length && !endsWithStartCode(annexB) ? annexB.length : next - 3;
      while (end > begin && annexB[end - 1] == 0) {
        end--; // trailing_zero_8bits, and the zero_byte of the next start code
      }
      if (end > begin) {
        offsets[count] = begin;
        lengths[count++] = end - begin;
        idr |= (annexB[begin] & 0x1F) == NalUnitType.IDR_SLICE;
      }
      begin = next;
    }
    return new AccessUnit(
        annexB, Arrays.copyOf(offsets, count), Arrays.copyOf(lengths, count), time, sequence, idr);
  }

  /** The first byte after the next start code 00 00 01, or the array's length. */
  static int nextNalUnit(byte[] bytes, int from) {
    for (int i = from; i + 2 < bytes.length; i++) {
      if (bytes[i + 2] > 1 || bytes[i + 2] < 0) {
        i += 2; // no start code can end before the byte after this one
      } else if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
        return i + 3;
      }
    }
    return bytes.length;
  }

  private static boolean endsWithStartCode(byte[] bytes) {
    int n = bytes.length;
    return n >= 3 && bytes[n - 1] == 1 && bytes[n - 2] == 0 && bytes[n - 3] == 0;
  }
}
