// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.refcam.v4l2.Control;

/**
 * What a stateful encoder is told by its controls. Boards differ in which they have: some have a
 * GOP size, some an I period, and both mean pictures from one key frame to the next.
 */
final class EncoderControls {
  // enum v4l2_mpeg_video_h264_profile, _level, v4l2_mpeg_video_bitrate_mode, _header_mode
  private static final int PROFILE_CONSTRAINED_BASELINE = 1;
  private static final int PROFILE_MAIN = 2;
  private static final int LEVEL_4_0 = 11;
  private static final int CONSTANT_BIT_RATE = 1;
  private static final int HEADER_JOINED = 1;

  private EncoderControls() {}

  /** A device's controls. */
  @FunctionalInterface
  interface Device {
    /**
     * @return whether the device has the control and allows the value, or one near it
     */
    boolean set(int controlId, long value) throws IOException;
  }

  /**
   * Sets what the settings ask for, as far as the device has a control for it.
   *
   * @return what it has no control for, in words
   */
  static List<String> configure(Device device, EncoderSettings settings) throws IOException {
    List<String> missing = new ArrayList<>();
    boolean main = settings.profile() == EncoderSettings.Profile.MAIN;
    note(
        missing,
        "profile",
        device.set(Control.VIDEO_H264_PROFILE, main ? PROFILE_MAIN : PROFILE_CONSTRAINED_BASELINE));
    note(missing, "level", device.set(Control.VIDEO_H264_LEVEL, LEVEL_4_0));
    note(missing, "rate mode", device.set(Control.VIDEO_BITRATE_MODE, CONSTANT_BIT_RATE));
    note(missing, "bit rate", bitrate(device, settings.bitsPerSecond()));
    boolean gop = device.set(Control.VIDEO_GOP_SIZE, settings.gopFrames());
    boolean period = device.set(Control.VIDEO_H264_I_PERIOD, settings.gopFrames());
    note(missing, "key frame interval", gop || period);
    note(missing, "header mode", device.set(Control.VIDEO_HEADER_MODE, HEADER_JOINED));
    note(missing, "repeated headers", device.set(Control.VIDEO_REPEAT_SEQUENCE_HEADER, 1));
    return missing;
  }

  static boolean bitrate(Device device, int bitsPerSecond) throws IOException {
    return device.set(Control.VIDEO_BITRATE, bitsPerSecond);
  }

  /** Makes the next picture a key frame. */
  static boolean forceKeyFrame(Device device) throws IOException {
    return device.set(Control.VIDEO_FORCE_KEY_FRAME, 1);
  }

  private static void note(List<String> missing, String what, boolean had) {
    if (!had) {
      missing.add(what);
    }
  }
}
