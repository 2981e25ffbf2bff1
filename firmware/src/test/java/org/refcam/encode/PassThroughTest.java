// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.media.AccessUnit;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;

/** One letter a buffer: S sets alone, I IDR, F IDR with sets, P picture, X no byte stream. */
class PassThroughTest {
  private static final VideoFormat H264 =
      new VideoFormat(PixelFormat.H264, 640, 480, FrameRate.of(25));
  private static final PrivacyMask MASK = new PrivacyMask(0, 0, 0.5, 0.5);

  private final List<AccessUnit> units = new ArrayList<>();

  @Test
  void idrWithoutSets_isGivenTheLastOnes() {
    run("SIPIP", List.of());
    assertThat(units.stream().map(u -> u.nalUnits().size())).containsExactly(3, 1, 3, 1);
    assertThat(units.stream().map(AccessUnit::idr)).containsExactly(true, false, true, false);
    assertThat(units.stream().map(AccessUnit::sequence)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(units.get(0).annexB().remaining()).isEqualTo(8 + 7 + 8);
  }

  @Test
  void picturesBeforeTheFirstDecodable_andDamagedBuffers_areDropped() {
    VideoPipeline pipeline = run("PIXFXP", List.of());
    assertThat(units.stream().map(u -> u.nalUnits().size())).containsExactly(3, 1);
    assertThat(pipeline.stats().dropped()).isEqualTo(4);
  }

  @Test
  @DisplayName("INV-MASK-1: nothing leaves a camera that delivers H.264 while there are masks")
  void masks_withholdEverything() {
    VideoPipeline pipeline = run("FPPFP", List.of(MASK));
    assertThat(units).isEmpty();
    assertThat(pipeline.stats().dropped()).isEqualTo(5);
    assertThat(pipeline.snapshot()).isCompletedExceptionally();
    assertThat(pipeline.subSettings()).isEmpty();
  }

  @Test
  void masksRemoved_beginAgainWithAnIdr_withoutAGapInTheNumbers() {
    PassThrough passing = new PassThrough();
    ListSource source = source("FPPPFP");
    List<AccessUnit> out = new ArrayList<>();
    assertThatExceptionOfType(EndOfStreamException.class)
        .isThrownBy(
            () -> {
              for (int i = 0; true; i++) {
                var frame = source.next(java.time.Duration.ZERO).orElseThrow();
                passing.take(frame, i == 2).ifPresent(out::add);
              }
            });
    assertThat(out.stream().map(AccessUnit::idr)).containsExactly(true, false, true, false);
    assertThat(out.stream().map(AccessUnit::sequence)).containsExactly(0L, 1L, 2L, 3L);
  }

  private VideoPipeline run(String buffers, List<PrivacyMask> masks) {
    VideoPipeline pipeline =
        new VideoPipeline(
            source(buffers),
            OpenH264Encoder::new,
            4_000_000,
            new PictureSettings(masks, false, ZoneOffset.UTC),
            new VideoPipeline.Sinks(units::add, unit -> {}),
            Clock.systemUTC());
    assertThatExceptionOfType(EndOfStreamException.class).isThrownBy(pipeline::run);
    return pipeline;
  }

  private static ListSource source(String buffers) {
    List<byte[]> bytes = buffers.chars().mapToObj(letter -> buffer((char) letter)).toList();
    return new ListSource(H264, bytes, Collections.nCopies(bytes.size(), false));
  }

  private static byte[] buffer(char letter) {
    String sets = "0000000167424201" + "0000000168CE3C";
    return HexFormat.of()
        .parseHex(
            switch (letter) {
              case 'S' -> sets;
              case 'I' -> "0000000165888040";
              case 'F' -> sets + "0000000165888040";
              case 'P' -> "00000001419A2233";
              default -> "FFFFFF";
            });
  }
}
