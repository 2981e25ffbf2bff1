// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A control's description ({@code VIDIOC_QUERY_EXT_CTRL}). Immutable.
 *
 * @param id {@code V4L2_CID_*}
 * @param name the driver's, in English
 * @param minimum least value
 * @param maximum greatest value
 * @param step from one value to the next
 * @param defaultValue what the driver starts with
 * @param flags {@code V4L2_CTRL_FLAG_*}
 * @param menu names of a menu's items by value, empty for all other types; an integer menu's names
 *     are its numbers
 */
public record Control(
    int id,
    Type type,
    String name,
    long minimum,
    long maximum,
    long step,
    long defaultValue,
    int flags,
    Map<Integer, String> menu) {
  /** Pictures from one key frame to the next; {@code V4L2_CID_MPEG_VIDEO_GOP_SIZE}. */
  public static final int VIDEO_GOP_SIZE = 0x0099_09cb;

  public static final int VIDEO_BITRATE_MODE = 0x0099_09ce;
  public static final int VIDEO_BITRATE = 0x0099_09cf;
  public static final int VIDEO_HEADER_MODE = 0x0099_09d8;
  public static final int VIDEO_REPEAT_SEQUENCE_HEADER = 0x0099_09e2;
  public static final int VIDEO_FORCE_KEY_FRAME = 0x0099_09e5;
  public static final int VIDEO_H264_I_PERIOD = 0x0099_0a66;
  public static final int VIDEO_H264_LEVEL = 0x0099_0a67;
  public static final int VIDEO_H264_PROFILE = 0x0099_0a6b;
  public static final int BRIGHTNESS = 0x0098_0900;
  public static final int CONTRAST = 0x0098_0901;
  public static final int SATURATION = 0x0098_0902;
  public static final int AUTO_WHITE_BALANCE = 0x0098_090c;
  public static final int RED_BALANCE = 0x0098_090e;
  public static final int BLUE_BALANCE = 0x0098_090f;
  public static final int SHARPNESS = 0x0098_091b;
  public static final int BACKLIGHT_COMPENSATION = 0x0098_091c;

  /** A menu: 0 automatic, 1 manual, 2 shutter priority, 3 aperture priority. */
  public static final int EXPOSURE_AUTO = 0x009a_0901;

  /** In steps of 100 microseconds. */
  public static final int EXPOSURE_ABSOLUTE = 0x009a_0902;

  /** A number without a unit; larger is nearer. */
  public static final int FOCUS_ABSOLUTE = 0x009a_090a;

  public static final int FOCUS_AUTO = 0x009a_090c;
  public static final int WIDE_DYNAMIC_RANGE = 0x009a_0915;

  private static final int DISABLED = 0x1;
  private static final int READ_ONLY = 0x4;
  private static final int INACTIVE = 0x10;
  private static final int WRITE_ONLY = 0x40;

  /** Kinds that this camera reads and writes; everything else is OTHER. */
  public enum Type {
    INTEGER,
    BOOLEAN,
    MENU,
    BUTTON,
    INTEGER64,
    BITMASK,
    INTEGER_MENU,
    OTHER;

    /** From {@code enum v4l2_ctrl_type}. */
    static Type parse(long code) {
      return switch ((int) code) {
        case 1 -> INTEGER;
        case 2 -> BOOLEAN;
        case 3 -> MENU;
        case 4 -> BUTTON;
        case 5 -> INTEGER64;
        case 8 -> BITMASK;
        case 9 -> INTEGER_MENU;
        default -> OTHER;
      };
    }
  }

  /** Copies the menu, in the order of its values. */
  public Control {
    menu = Collections.unmodifiableMap(new TreeMap<>(menu));
  }

  static Control parse(long[] v, byte[] name, Map<Integer, String> menu) {
    return new Control(
        (int) v[0],
        Type.parse(v[1]),
        KernelText.parse(name, 0, 32),
        v[2],
        v[3],
        v[4],
        v[5],
        (int) v[6],
        menu);
  }

  public boolean readable() {
    return (flags & (DISABLED | WRITE_ONLY)) == 0 && type != Type.OTHER && type != Type.BUTTON;
  }

  public boolean writable() {
    return (flags & (DISABLED | READ_ONLY)) == 0 && type != Type.OTHER;
  }

  /** Whether another control's value makes this one without effect at the moment. */
  public boolean inactive() {
    return (flags & INACTIVE) != 0;
  }

  /** The nearest value that the control allows: within the range and on a step. */
  public long nearest(long wanted) {
    long inside = Math.max(minimum, Math.min(maximum, wanted));
    if (step <= 1 || type != Type.INTEGER && type != Type.INTEGER64) {
      return inside;
    }
    return minimum + (inside - minimum) / step * step;
  }

  boolean wide() {
    return type == Type.INTEGER64;
  }
}
