// SPDX-License-Identifier: Apache-2.0
package org.refcam.codec;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What a stream's description needs of an SPS (ITU-T H.264, 7.3.2.1.1). Immutable.
 *
 * @param profileIdc 66 baseline, 77 main, 100 high
 * @param constraintFlags constraint_set0_flag in the highest bit
 * @param levelIdc ten times the level's number
 * @param width of the picture after cropping, in pixels
 * @param height of the picture after cropping, in pixels
 */
public record SequenceParameterSet(
    int profileIdc, int constraintFlags, int levelIdc, int width, int height) {

  private static final Set<Integer> WITH_CHROMA_FORMAT =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);
  private static final int MACROBLOCKS_MAX = 1024;

  /**
   * @param nalUnit with its header byte
   * @throws InvalidParameterSetException if it is no SPS or its bits make no sense
   */
  public static SequenceParameterSet parse(ByteBuffer nalUnit) throws InvalidParameterSetException {
    if (!nalUnit.hasRemaining() || NalUnitType.of(nalUnit) != NalUnitType.SPS) {
      throw new InvalidParameterSetException("not an SPS");
    }
    BitReader in = new BitReader(nalUnit);
    in.bits(8);
    int profileIdc = in.bits(8);
    int constraintFlags = in.bits(8);
    int levelIdc = in.bits(8);
    in.unsignedExpGolomb(); // seq_parameter_set_id
    int chromaFormat = WITH_CHROMA_FORMAT.contains(profileIdc) ? chromaFormat(in) : 1;
    in.unsignedExpGolomb(); // log2_max_frame_num_minus4
    skipPictureOrder(in);
    in.unsignedExpGolomb(); // max_num_ref_frames
    in.flag(); // gaps_in_frame_num_value_allowed_flag
    int widthMacroblocks = macroblocks(in);
    int heightMapUnits = macroblocks(in);
    boolean framesOnly = in.flag();
    if (!framesOnly) {
      in.flag(); // mb_adaptive_frame_field_flag
    }
    in.flag(); // direct_8x8_inference_flag
    int width = widthMacroblocks * 16;
    int height = heightMapUnits * 16 * (framesOnly ? 1 : 2);
    if (in.flag()) {
      int unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
      int unitY = (chromaFormat == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
      width -= unitX * (crop(in) + crop(in));
      height -= unitY * (crop(in) + crop(in));
    }
    if (width < 1 || height < 1) {
      throw new InvalidParameterSetException("nothing is left after cropping");
    }
    return new SequenceParameterSet(profileIdc, constraintFlags, levelIdc, width, height);
  }

  /** The profile-level-id of RFC 6184 8.1 and of "avc1." codec strings: six hexadecimal digits. */
  public String profileLevelId() {
    return String.format("%02X%02X%02X", profileIdc, constraintFlags, levelIdc);
  }

  private static int macroblocks(BitReader in) throws InvalidParameterSetException {
    int count = in.unsignedExpGolomb() + 1;
    if (count > MACROBLOCKS_MAX) {
      throw new InvalidParameterSetException(count + " macroblocks on a side");
    }
    return count;
  }

  private static int crop(BitReader in) throws InvalidParameterSetException {
    int units = in.unsignedExpGolomb();
    if (units > MACROBLOCKS_MAX * 16) {
      throw new InvalidParameterSetException(units + " units cropped on a side");
    }
    return units;
  }

  private static int chromaFormat(BitReader in) throws InvalidParameterSetException {
    int format = in.unsignedExpGolomb();
    if (format == 3) {
      in.flag(); // separate_colour_plane_flag
    }
    in.unsignedExpGolomb(); // bit_depth_luma_minus8
    in.unsignedExpGolomb(); // bit_depth_chroma_minus8
    in.flag(); // qpprime_y_zero_transform_bypass_flag
    if (in.flag()) {
      throw new InvalidParameterSetException("scaling matrices are not used by cameras");
    }
    return format;
  }

  private static void skipPictureOrder(BitReader in) throws InvalidParameterSetException {
    int type = in.unsignedExpGolomb();
    if (type == 0) {
      in.unsignedExpGolomb(); // log2_max_pic_order_cnt_lsb_minus4
    } else if (type == 1) {
      in.flag();
      in.signedExpGolomb();
      in.signedExpGolomb();
      int cycle = in.unsignedExpGolomb();
      if (cycle > 255) {
        throw new InvalidParameterSetException("picture order cycle of " + cycle);
      }
      for (int i = 0; i < cycle; i++) {
        in.signedExpGolomb();
      }
    }
  }
}
