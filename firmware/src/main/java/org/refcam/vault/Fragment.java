// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.util.ArrayList;
import java.util.List;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.ByteWriter;
import org.refcam.bytes.TruncatedException;
import org.refcam.codec.AccessUnits;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

/** The plaintext of a fragment: access units in a row, as {@link SegmentFormat} draws them. */
final class Fragment {
  private static final int IDR = 1;

  private Fragment() {}

  static void put(ByteWriter out, AccessUnit unit) {
    out.u32(unit.size())
        .u8(unit.idr() ? IDR : 0)
        .u64(unit.time().nanos())
        .u64(unit.sequence())
        .raw(unit.annexB());
  }

  /**
   * @throws TruncatedException if bytes end early
   * @throws IllegalArgumentException if a value is out of its range
   */
  static List<AccessUnit> parse(byte[] bytes) throws TruncatedException {
    ByteReader in = new ByteReader(bytes);
    List<AccessUnit> units = new ArrayList<>();
    while (in.remaining() > 0) {
      long length = in.u32();
      boolean idr = in.u8() == IDR;
      MediaTime time = new MediaTime(in.u64());
      long sequence = in.u64();
      if (length > SegmentFormat.LARGEST_ACCESS_UNIT) {
        throw new IllegalArgumentException("an access unit of " + length + " bytes");
      }
      AccessUnit unit = AccessUnits.of(in.raw((int) length), time, sequence);
      if (unit.idr() != idr) {
        throw new IllegalArgumentException("an access unit of the wrong kind");
      }
      units.add(unit);
    }
    if (units.isEmpty()) {
      throw new IllegalArgumentException("a fragment without a picture");
    }
    return units;
  }
}
