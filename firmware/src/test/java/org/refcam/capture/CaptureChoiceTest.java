// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.refcam.media.FrameRate;
import org.refcam.media.PixelFormat;
import org.refcam.v4l2.FormatDescription;
import org.refcam.v4l2.Fourcc;
import org.refcam.v4l2.FrameIntervals;
import org.refcam.v4l2.FrameSizes;

class CaptureChoiceTest {
  private final FakeMenu menu = new FakeMenu();

  @Test
  void prefersFluentJpegToSlowRawPictures() throws IOException {
    menu.add(Fourcc.YUYV, 1920, 1080, 5).add(Fourcc.MJPEG, 1920, 1080, 30);
    assertThat(best().pixelFormat()).isEqualTo(PixelFormat.MJPEG);
  }

  @Test
  void prefersTheCheaperFormatOfEqualSizeAndRate() throws IOException {
    menu.add(Fourcc.H264, 1280, 720, 30).add(Fourcc.MJPEG, 1280, 720, 60);
    menu.add(Fourcc.YUYV, 1280, 720, 30).add(Fourcc.NV12, 1280, 720, 30);
    assertThat(best().fourcc()).isEqualTo(Fourcc.NV12);
  }

  @Test
  void staysWithinTheLimitAndSkipsUnknownFormats() throws IOException {
    menu.add(Fourcc.of("BGR3"), 1920, 1080, 30).add(Fourcc.YUYV, 640, 480, 30);
    menu.add(Fourcc.MJPEG, 3840, 2160, 30);
    assertThat(best().width()).isEqualTo(640);
  }

  @Test
  void findsNothingInAnUnknownCamera() throws IOException {
    menu.add(Fourcc.of("GREY"), 640, 480, 30);
    assertThat(CaptureChoice.best(menu, 1920, 1080, FrameRate.of(30))).isEmpty();
  }

  @Test
  void sequenceNumbersGoOnAcrossTheWrap() {
    assertThat(V4l2Source.step(0xffff_ffffL, 1)).isEqualTo(2);
    assertThat(V4l2Source.step(0x1_0000_0005L, 9)).isEqualTo(4);
    assertThat(V4l2Source.step(900, 0)).isZero();
  }

  private CaptureChoice best() throws IOException {
    return CaptureChoice.best(menu, 1920, 1080, FrameRate.of(30)).orElseThrow();
  }

  /** One size and rate for each format. */
  private static final class FakeMenu implements CaptureChoice.Menu {
    private final Map<Fourcc, int[]> entries = new LinkedHashMap<>();

    FakeMenu add(Fourcc fourcc, int width, int height, int rate) {
      entries.put(fourcc, new int[] {width, height, rate});
      return this;
    }

    @Override
    public List<FormatDescription> formats() {
      return entries.keySet().stream().map(f -> new FormatDescription(f, 0, "")).toList();
    }

    @Override
    public List<FrameSizes> sizes(Fourcc format) {
      int[] e = Optional.ofNullable(entries.get(format)).orElseThrow();
      return List.of(new FrameSizes(e[0], e[0], 1, e[1], e[1], 1));
    }

    @Override
    public List<FrameIntervals> intervals(Fourcc format, int width, int height) {
      FrameRate rate = FrameRate.of(Optional.ofNullable(entries.get(format)).orElseThrow()[2]);
      return List.of(new FrameIntervals(rate, rate));
    }
  }
}
