// SPDX-License-Identifier: Apache-2.0
package org.refcam.mp4;

import java.nio.ByteBuffer;
import java.util.List;
import org.refcam.media.AccessUnit;

/**
 * One fragment of a recording: several pictures whose times are known, unlike those of the live
 * view ({@link FragmentWriter}). The same pictures and numbers always give the same bytes, so that
 * a file can be made again from any fragment on.
 *
 * <pre>
 *   moof( mfhd  traf( tfhd  tfdt  trun ))  mdat( | length 4 | NAL unit | ... )
 * </pre>
 *
 * <p>Source: ISO/IEC 14496-12, 8.8.
 */
public final class RecordedFragment {
  private static final int DEFAULT_BASE_IS_MOOF = 0x20000;
  private static final int DESCRIPTION_INDEX = 0x2;
  private static final int TRUN_OFFSET_DURATION_SIZE_FLAGS = 0x1 | 0x100 | 0x200 | 0x400;
  private static final long SYNC_SAMPLE = 0x0200_0000L;
  private static final long DEPENDENT_SAMPLE = 0x0101_0000L;
  private static final int BOX_HEADER = 8;

  private RecordedFragment() {}

  /**
   * One picture and how long it is shown.
   *
   * @param ticks in units of 1/{@value InitSegment#TIMESCALE} s, from 1
   */
  public record Sample(AccessUnit unit, long ticks) {
    public Sample {
      if (ticks < 1 || ticks > 0xFFFF_FFFFL) {
        throw new IllegalArgumentException("a picture of " + ticks + " ticks");
      }
    }
  }

  /**
   * @param number of the fragment in its file, from 1
   * @param description number of the entry in the init segment, from 1
   * @param decodeTime of the first picture, in ticks
   * @param samples at least one, in order of time
   */
  public static byte[] of(long number, int description, long decodeTime, List<Sample> samples) {
    List<List<ByteBuffer>> pictures =
        samples.stream().map(sample -> FragmentWriter.pictureNalUnits(sample.unit())).toList();
    BoxWriter out = new BoxWriter();
    int[] dataOffsetAt = new int[1];
    out.box(
        "moof",
        () -> {
          out.fullBox("mfhd", 0, 0, () -> out.u32(number));
          out.box(
              "traf",
              () -> {
                out.fullBox(
                    "tfhd",
                    0,
                    DEFAULT_BASE_IS_MOOF | DESCRIPTION_INDEX,
                    () -> out.u32(InitSegment.TRACK_ID).u32(description));
                out.fullBox("tfdt", 1, 0, () -> out.u64(decodeTime));
                out.fullBox(
                    "trun",
                    0,
                    TRUN_OFFSET_DURATION_SIZE_FLAGS,
                    () -> {
                      out.u32(samples.size());
                      dataOffsetAt[0] = out.size();
                      out.u32(0);
                      for (int i = 0; i < samples.size(); i++) {
                        entry(out, samples.get(i), size(pictures.get(i)));
                      }
                    });
              });
        });
    out.patchU32(dataOffsetAt[0], out.size() + BOX_HEADER);
    out.box(
        "mdat",
        () ->
            pictures.forEach(
                nalUnits -> nalUnits.forEach(nal -> out.u32(nal.remaining()).raw(nal))));
    return out.toByteArray();
  }

  private static void entry(BoxWriter out, Sample sample, int size) {
    out.u32(sample.ticks()).u32(size);
    out.u32(sample.unit().idr() ? SYNC_SAMPLE : DEPENDENT_SAMPLE);
  }

  private static int size(List<ByteBuffer> nalUnits) {
    return nalUnits.stream().mapToInt(nal -> 4 + nal.remaining()).sum();
  }
}
