// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.refcam.codec.NalUnitType;
import org.refcam.codec.SequenceParameterSet;
import org.refcam.encode.EncoderSettings.Profile;
import org.refcam.media.AccessUnit;
import org.refcam.media.FrameRate;

class OpenH264EncoderTest {
  private static final FrameRate RATE = FrameRate.of(30);
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  private final I420Frame picture = new I420Frame(WIDTH, HEIGHT, RATE);
  private final List<AccessUnit> units = new ArrayList<>();
  private final byte[] texture = new byte[WIDTH * 2];
  private int openBefore;

  @BeforeEach
  void texture() {
    openBefore = OpenH264Encoder.openCount();
    new Random(7).nextBytes(texture);
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenH264Encoder.openCount()).isEqualTo(openBefore);
  }

  @Test
  void everyIdr_carriesItsParameterSets_andNothingElseIsInTheStream() throws Exception {
    try (OpenH264Encoder encoder = new OpenH264Encoder(settings(Profile.CONSTRAINED_BASELINE))) {
      encode(encoder, 60, 25);
    }
    assertThat(units).hasSize(60);
    List<Long> idrs = units.stream().filter(AccessUnit::idr).map(AccessUnit::sequence).toList();
    assertThat(idrs).containsExactly(0L, 15L, 25L, 40L, 55L);
    for (AccessUnit unit : units) {
      assertThat(unit.nalUnits().stream().map(NalUnitType::of))
          .containsExactlyElementsOf(
              unit.idr()
                  ? List.of(NalUnitType.SPS, NalUnitType.PPS, NalUnitType.IDR_SLICE)
                  : List.of(NalUnitType.SLICE));
    }
  }

  @Test
  void profiles_areWhatWasAsked() throws Exception {
    for (Profile profile : Profile.values()) {
      units.clear();
      try (OpenH264Encoder encoder = new OpenH264Encoder(settings(profile))) {
        encode(encoder, 1, -1);
      }
      var sps = SequenceParameterSet.parse(units.get(0).nalUnits().get(0));
      assertThat(sps.profileIdc()).isEqualTo(profile == Profile.MAIN ? 77 : 66);
      assertThat(sps.width()).isEqualTo(WIDTH);
      assertThat(sps.height()).isEqualTo(HEIGHT);
      if (profile == Profile.CONSTRAINED_BASELINE) {
        assertThat(sps.profileLevelId()).startsWith("42C0");
      }
    }
  }

  @Test
  void bitrate_isKeptWithin30Percent_andChangesLive() throws Exception {
    EncoderSettings settings =
        new EncoderSettings(WIDTH, HEIGHT, RATE, 1_000_000, 60, Profile.CONSTRAINED_BASELINE);
    try (OpenH264Encoder encoder = new OpenH264Encoder(settings)) {
      encode(encoder, 240, -1);
      assertThat(bitsPerSecond(60, 240)).isBetween(700_000.0, 1_300_000.0);
      encoder.bitrate(400_000);
      encode(encoder, 240, -1);
      assertThat(bitsPerSecond(300, 480)).isBetween(280_000.0, 520_000.0);
    }
  }

  @Test
  void closedEncoder_andWrongSize_areRefused() throws Exception {
    OpenH264Encoder encoder = new OpenH264Encoder(settings(Profile.MAIN));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> encoder.encode(new I420Frame(64, 64, RATE), false, units::add));
    encoder.close();
    encoder.close();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> encoder.encode(picture, false, units::add));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> encoder.bitrate(500_000));
  }

  @Test
  void oddSides_areRefused_beforeTheEncoder() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> EncoderSettings.of(641, 360, RATE));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> EncoderSettings.of(640, 361, RATE));
  }

  private static EncoderSettings settings(Profile profile) {
    return new EncoderSettings(WIDTH, HEIGHT, RATE, 2_000_000, 15, profile);
  }

  private double bitsPerSecond(int from, int to) {
    return units.subList(from, to).stream().mapToLong(AccessUnit::size).sum()
        * 8.0
        * RATE.perSecond()
        / (to - from);
  }

  /** A texture that slides, so that every picture costs bits. */
  private void encode(OpenH264Encoder encoder, int count, int forcedAt) throws Exception {
    ByteBuffer luma = picture.planes().get(0).data();
    for (int n = 0; n < count; n++) {
      for (int y = 0; y < HEIGHT; y++) {
        int at = (y / 8 * 37 + n * (1 + y / 60)) % WIDTH;
        luma.put(y * WIDTH, texture, at, WIDTH);
      }
      long time = (units.size() + 1) * RATE.intervalNanos();
      encoder.encode(picture.stamped(new PictureAt(picture, time)), n == forcedAt, units::add);
    }
  }

  /** Another picture's memory at another time. */
  private record PictureAt(I420Frame of, long nanos) implements org.refcam.media.VideoFrame {
    @Override
    public org.refcam.media.VideoFormat format() {
      return of.format();
    }

    @Override
    public org.refcam.media.MediaTime time() {
      return new org.refcam.media.MediaTime(nanos);
    }

    @Override
    public long sequence() {
      return 0;
    }

    @Override
    public boolean corrupted() {
      return false;
    }

    @Override
    public List<Plane> planes() {
      return of.planes();
    }

    @Override
    public void close() {}
  }
}
