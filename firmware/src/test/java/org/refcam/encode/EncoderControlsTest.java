// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.refcam.media.FrameRate;
import org.refcam.v4l2.Control;

class EncoderControlsTest {
  /** What bcm2835-codec of the Raspberry Pi kernel registers for its encoder. */
  private static final Set<Integer> PI =
      Set.of(
          Control.VIDEO_BITRATE_MODE,
          Control.VIDEO_BITRATE,
          Control.VIDEO_HEADER_MODE,
          Control.VIDEO_REPEAT_SEQUENCE_HEADER,
          Control.VIDEO_H264_I_PERIOD,
          Control.VIDEO_H264_LEVEL,
          Control.VIDEO_H264_PROFILE,
          Control.VIDEO_FORCE_KEY_FRAME);

  private static final Set<Integer> VICODEC = Set.of(Control.VIDEO_GOP_SIZE);

  private final EncoderSettings settings =
      new EncoderSettings(1280, 720, FrameRate.of(30), 2_500_000, 60, EncoderSettings.Profile.MAIN);

  @Test
  void boardWithIPeriod_getsAll_andMissesNothing() throws IOException {
    Fake device = new Fake(PI);
    assertThat(EncoderControls.configure(device, settings)).isEmpty();
    assertThat(device.values)
        .containsEntry(Control.VIDEO_BITRATE, 2_500_000L)
        .containsEntry(Control.VIDEO_BITRATE_MODE, 1L)
        .containsEntry(Control.VIDEO_H264_I_PERIOD, 60L)
        .containsEntry(Control.VIDEO_H264_PROFILE, 2L)
        .containsEntry(Control.VIDEO_REPEAT_SEQUENCE_HEADER, 1L)
        .doesNotContainKey(Control.VIDEO_FORCE_KEY_FRAME);
    assertThat(EncoderControls.forceKeyFrame(device)).isTrue();
    assertThat(device.values).containsEntry(Control.VIDEO_FORCE_KEY_FRAME, 1L);
  }

  @Test
  void deviceWithGopSizeAlone_namesTheRest() throws IOException {
    Fake device = new Fake(VICODEC);
    assertThat(EncoderControls.configure(device, settings))
        .contains("bit rate", "profile")
        .doesNotContain("key frame interval");
    assertThat(device.values).containsOnly(Map.entry(Control.VIDEO_GOP_SIZE, 60L));
    assertThat(EncoderControls.forceKeyFrame(device)).isFalse();
  }

  @Test
  void constrainedBaseline_isItsOwnProfile() throws IOException {
    Fake device = new Fake(PI);
    EncoderControls.configure(device, EncoderSettings.of(640, 360, FrameRate.of(15)));
    assertThat(device.values).containsEntry(Control.VIDEO_H264_PROFILE, 1L);
  }

  private static final class Fake implements EncoderControls.Device {
    private final Collection<Integer> known;
    private final Map<Integer, Long> values = new LinkedHashMap<>();

    Fake(Collection<Integer> known) {
      this.known = known;
    }

    @Override
    public boolean set(int controlId, long value) {
      if (known.contains(controlId)) {
        values.put(controlId, value);
      }
      return known.contains(controlId);
    }
  }
}
