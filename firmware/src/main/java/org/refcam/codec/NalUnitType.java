// SPDX-License-Identifier: Apache-2.0
package org.refcam.codec;

import java.nio.ByteBuffer;

/** The nal_unit_type values that a camera's stream has (ITU-T H.264, table 7-1). */
public final class NalUnitType {
  /** Coded slice of a non-IDR picture. */
  public static final int SLICE = 1;

  /** Coded slice of an IDR picture. */
  public static final int IDR_SLICE = 5;

  /** Supplemental enhancement information. */
  public static final int SEI = 6;

  /** Sequence parameter set. */
  public static final int SPS = 7;

  /** Picture parameter set. */
  public static final int PPS = 8;

  /** Access unit delimiter. */
  public static final int AUD = 9;

  private NalUnitType() {}

  /** The type in a NAL unit's header, which is its first byte. */
  public static int of(ByteBuffer nalUnit) {
    return nalUnit.get(nalUnit.position()) & 0x1F;
  }
}
