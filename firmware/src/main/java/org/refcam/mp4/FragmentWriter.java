// SPDX-License-Identifier: Apache-2.0
package org.refcam.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;

/**
 * Media fragments of one viewer or file, one per access unit, whose time starts at 0.
 *
 * <pre>
 *   moof( mfhd  traf( tfhd  tfdt  trun ))  mdat( | length 4 | NAL unit | ... )
 * </pre>
 *
 * <p>A sample lasts one nominal frame interval: waiting for the next picture to know better would
 * cost the live view a frame of delay. Decode times come from the capture clock and always grow.
 * Parameter sets and access unit delimiters stay out of the samples, because {@code avc1} keeps the
 * former in the init segment (ISO/IEC 14496-15, 5.3.3). Pictures are written in decode order with
 * equal presentation order: the streams have no B pictures.
 *
 * <p>Confined to one thread. Source: ISO/IEC 14496-12, 8.8.
 */
public final class FragmentWriter {
  private static final int NAL_TYPE_MASK = 0x1F;
  private static final int NAL_SPS = 7;
  private static final int NAL_PPS = 8;
  private static final int NAL_DELIMITER = 9;

  private static final int DEFAULT_BASE_IS_MOOF = 0x20000;
  private static final int TRUN_OFFSET_DURATION_SIZE_FLAGS = 0x1 | 0x100 | 0x200 | 0x400;
  private static final long SYNC_SAMPLE = 0x0200_0000L;
  private static final long DEPENDENT_SAMPLE = 0x0101_0000L;
  private static final int BOX_HEADER = 8;

  private final long sampleTicks;
  private long sequence;
  private long firstTicks;
  private long lastDecodeTime = -1;

  public FragmentWriter(FrameRate nominal) {
    sampleTicks =
        Math.max(1, (long) InitSegment.TIMESCALE * nominal.denominator() / nominal.numerator());
  }

  /**
   * The fragment of the next access unit.
   *
   * @throws IllegalArgumentException if it holds no picture, only parameter sets
   */
  public byte[] fragment(AccessUnit accessUnit) {
    List<ByteBuffer> nalUnits = pictureNalUnits(accessUnit);
    int sampleSize = nalUnits.stream().mapToInt(nal -> 4 + nal.remaining()).sum();
    if (sampleSize == 0) {
      throw new IllegalArgumentException(accessUnit + " holds no picture");
    }
    long decodeTime = decodeTime(accessUnit.time());
    sequence++;
    BoxWriter out = new BoxWriter();
    int[] dataOffsetAt = new int[1];
    out.box(
        "moof",
        () -> {
          out.fullBox("mfhd", 0, 0, () -> out.u32(sequence));
          out.box(
              "traf",
              () -> {
                out.fullBox("tfhd", 0, DEFAULT_BASE_IS_MOOF, () -> out.u32(InitSegment.TRACK_ID));
                out.fullBox("tfdt", 1, 0, () -> out.u64(decodeTime));
                out.fullBox(
                    "trun",
                    0,
                    TRUN_OFFSET_DURATION_SIZE_FLAGS,
                    () -> {
                      out.u32(1);
                      dataOffsetAt[0] = out.size();
                      out.u32(0);
                      out.u32(sampleTicks).u32(sampleSize);
                      out.u32(accessUnit.idr() ? SYNC_SAMPLE : DEPENDENT_SAMPLE);
                    });
              });
        });
    out.patchU32(dataOffsetAt[0], out.size() + BOX_HEADER);
    out.box("mdat", () -> nalUnits.forEach(nal -> out.u32(nal.remaining()).raw(nal)));
    return out.toByteArray();
  }

  private long decodeTime(MediaTime time) {
    long ticks = time.ticks(InitSegment.TIMESCALE);
    if (lastDecodeTime < 0) {
      firstTicks = ticks;
    }
    lastDecodeTime = Math.max(ticks - firstTicks, lastDecodeTime + 1);
    return lastDecodeTime;
  }

  /** What of an access unit goes into a sample. */
  static List<ByteBuffer> pictureNalUnits(AccessUnit accessUnit) {
    List<ByteBuffer> kept = new ArrayList<>();
    for (ByteBuffer nal : accessUnit.nalUnits()) {
      int type = nal.get(nal.position()) & NAL_TYPE_MASK;
      if (type != NAL_SPS && type != NAL_PPS && type != NAL_DELIMITER) {
        kept.add(nal);
      }
    }
    return kept;
  }
}
