// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.capture.SceneSource;
import org.refcam.capture.Y4mSource;
import org.refcam.codec.NalUnitType;
import org.refcam.codec.SequenceParameterSet;
import org.refcam.media.AccessUnit;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.media.LumaPicture;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoSource;

/** Source to access units with the real OpenH264, libyuv and TurboJPEG. */
class VideoPipelineTest {
  private static final PictureSettings PLAIN =
      new PictureSettings(List.of(), false, ZoneOffset.UTC);

  @TempDir Path files;
  private final List<AccessUnit> main = new ArrayList<>();
  private final List<AccessUnit> sub = new ArrayList<>();

  @AfterEach
  void noEncoderIsLeftOpen() {
    assertThat(OpenH264Encoder.openCount()).isZero();
  }

  @Test
  void file_becomesMainAndSub_thatBeginWithParameterSets() throws Exception {
    run(y4m(640, 480, 60, 120), PLAIN);
    assertThat(main).hasSize(120);
    assertThat(sub).hasSizeBetween(25, 40);
    for (List<AccessUnit> stream : List.of(main, sub)) {
      assertThat(stream.get(0).idr()).isTrue();
      assertThat(stream.get(0).nalUnits().stream().map(NalUnitType::of))
          .startsWith(NalUnitType.SPS, NalUnitType.PPS);
    }
    SequenceParameterSet sps = SequenceParameterSet.parse(main.get(0).nalUnits().get(0));
    assertThat(sps.width()).isEqualTo(640);
    assertThat(sps.height()).isEqualTo(480);
    assertThat(sps.profileIdc()).isEqualTo(66);
    assertThat(SequenceParameterSet.parse(sub.get(0).nalUnits().get(0)).height()).isEqualTo(360);
  }

  @Test
  void idr_comesEveryTwoSeconds_andOnDemand() throws Exception {
    VideoSource source = y4m(320, 240, 100, 250);
    VideoPipeline pipeline = pipeline(source, PLAIN);
    CompletableFuture<Void> asked = new CompletableFuture<>();
    VideoPipeline hooked =
        new VideoPipeline(
            source,
            OpenH264Encoder::new,
            4_000_000,
            PLAIN,
            new VideoPipeline.Sinks(
                unit -> {
                  main.add(unit);
                  if (main.size() == 30) {
                    asked.complete(null);
                  }
                },
                sub::add),
            Clock.systemUTC());
    asked.thenRun(() -> hooked.requestKeyFrame(true));
    assertThat(pipeline.mainSettings().gopFrames()).isEqualTo(200);
    runToEnd(hooked, source);
    assertThat(main.stream().filter(AccessUnit::idr).map(AccessUnit::sequence))
        .containsExactly(0L, 30L, 230L);
  }

  @Test
  @DisplayName("INV-MASK-1: the encoder is given black behind the mask, grown to even pixels")
  void mask_blackensItsRectangle_andNothingElse_beforeTheEncoder() throws Exception {
    PrivacyMask mask = new PrivacyMask(161.0 / 640, 91.0 / 360, 158.0 / 640, 100.0 / 360);
    List<byte[]> planes = encoderInput(new PictureSettings(List.of(mask), false, ZoneOffset.UTC));
    List<byte[]> plain = encoderInput(PLAIN);
    for (int y = 0; y < 360; y++) {
      for (int x = 0; x < 640; x++) {
        boolean inside = x >= 160 && x < 320 && y >= 90 && y < 192;
        assertThat(planes.get(0)[y * 640 + x])
            .isEqualTo(inside ? (byte) 16 : plain.get(0)[y * 640 + x]);
        int chroma = y / 2 * 320 + x / 2;
        assertThat(planes.get(2)[chroma]).isEqualTo(inside ? (byte) 128 : plain.get(2)[chroma]);
      }
    }
  }

  @Test
  void snapshot_showsTheMaskBlack_andLightsInFullRange() throws Exception {
    PrivacyMask mask = new PrivacyMask(0.25, 0.25, 0.25, 0.5);
    byte[] jpeg = snapshot(new PictureSettings(List.of(mask), true, ZoneOffset.UTC));
    var picture = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(picture.getWidth()).isEqualTo(640);
    assertThat(picture.getRGB(240, 180) & 0xFF).isLessThan(6);
    int brightest = 0;
    for (int i = 0; i < 160 * 11; i++) {
      brightest = Math.max(brightest, picture.getRGB(i % 160, i / 160) & 0xFF);
    }
    assertThat(brightest).isGreaterThan(240);
  }

  @Test
  void thumbnail_isSmall() throws Exception {
    VideoSource source = new SceneSource(640, 360, FrameRate.of(60));
    VideoPipeline pipeline = pipeline(source, PLAIN);
    CompletableFuture<byte[]> jpeg = pipeline.thumbnail();
    jpeg.whenComplete((bytes, failure) -> pipeline.stop());
    pipeline.run();
    var picture = ImageIO.read(new ByteArrayInputStream(jpeg.get()));
    assertThat(picture.getWidth()).isEqualTo(320);
    assertThat(picture.getHeight()).isEqualTo(180);
  }

  @Test
  void lumaWatcher_getsFiveASecond_maskedAndWithoutClock() throws Exception {
    List<LumaPicture> seen = new ArrayList<>();
    VideoSource source = y4m(640, 480, 60, 180);
    PrivacyMask mask = new PrivacyMask(0.5, 0.5, 0.5, 0.5);
    VideoPipeline pipeline =
        pipeline(source, new PictureSettings(List.of(mask), true, ZoneOffset.UTC));
    pipeline.lumaWatcher(Optional.of(seen::add));
    VideoSource plainSource = y4m(640, 480, 60, 1);
    VideoPipeline plain = pipeline(plainSource, PLAIN);
    List<LumaPicture> unclocked = new ArrayList<>();
    plain.lumaWatcher(Optional.of(unclocked::add));
    runToEnd(pipeline, source);
    runToEnd(plain, plainSource);
    assertThat(seen).hasSizeBetween(14, 17);
    LumaPicture first = seen.get(0);
    assertThat(first.width()).isEqualTo(160);
    assertThat(first.height()).isEqualTo(120);
    assertThat(first.at(119 * 160 + 159)).isEqualTo(16);
    for (int pixel = 0; pixel < 160 * 30; pixel++) { // where the clock would be
      assertThat(first.at(pixel)).isEqualTo(unclocked.get(0).at(pixel));
    }
  }

  @Test
  void snapshot_afterTheEnd_failsAtOnce() throws Exception {
    VideoSource source = y4m(64, 64, 100, 2);
    VideoPipeline pipeline = pipeline(source, PLAIN);
    runToEnd(pipeline, source);
    assertThat(pipeline.snapshot()).isCompletedExceptionally();
    assertThat(pipeline.thumbnail()).isCompletedExceptionally();
    assertThat(pipeline.stats()).isEqualTo(new VideoPipeline.Stats(2, 0, 0));
  }

  @Test
  void damagedPictures_areDropped_andCounted() throws Exception {
    VideoFormat format = new VideoFormat(PixelFormat.MJPEG, 64, 48, FrameRate.of(30));
    I420Frame picture = new I420Frame(64, 48, FrameRate.of(30));
    byte[] jpeg = Pictures.jpeg(picture, 80);
    ListSource source =
        new ListSource(
            format, List.of(jpeg, new byte[] {1, 2, 3}, jpeg), List.of(false, false, true));
    VideoPipeline pipeline = pipeline(source, PLAIN);
    runToEnd(pipeline, source);
    assertThat(main).hasSize(1);
    assertThat(pipeline.stats()).isEqualTo(new VideoPipeline.Stats(3, 0, 2));
  }

  @Test
  void mask_outsideThePicture_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new PrivacyMask(0.9, 0, 0.2, 0.1));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new PrivacyMask(0, 0, 0, 0.1));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new PrivacyMask(Double.NaN, 0, 0.1, 0.1));
  }

  @Test
  void clock_isDrawnInTheOwnersZone() throws Exception {
    I420Frame utc = clocked(ZoneOffset.UTC);
    I420Frame vietnam = clocked(ZoneId.of("Asia/Ho_Chi_Minh"));
    assertThat(utc.memory().get(3 * 640 + 300)).isEqualTo(vietnam.memory().get(3 * 640 + 300));
    assertThat(utc.memory()).isNotEqualTo(vietnam.memory());
    assertThat(lit(utc)).isBetween(100, 2000);
  }

  @Test
  void oddSides_loseTheirLastLine() throws Exception {
    run(y4m(321, 241, 30, 5), PLAIN);
    SequenceParameterSet sps = SequenceParameterSet.parse(main.get(0).nalUnits().get(0));
    assertThat(sps.width()).isEqualTo(320);
    assertThat(sps.height()).isEqualTo(240);
  }

  /** The planes that the main encoder is given of the scene's first picture. */
  private List<byte[]> encoderInput(PictureSettings settings) throws Exception {
    List<byte[]> planes = new ArrayList<>();
    VideoSource source = new SceneSource(640, 360, FrameRate.of(60));
    VideoPipeline[] pipeline = new VideoPipeline[1];
    pipeline[0] =
        new VideoPipeline(
            source,
            encoderSettings -> new Spy(planes, pipeline[0]),
            4_000_000,
            settings,
            new VideoPipeline.Sinks(main::add, sub::add),
            Clock.systemUTC());
    pipeline[0].run();
    return planes;
  }

  /** An encoder that keeps the first picture's bytes and stops. */
  private record Spy(List<byte[]> planes, VideoPipeline pipeline) implements VideoEncoder {
    @Override
    public void encode(VideoFrame frame, boolean forceKeyFrame, Consumer<AccessUnit> sink) {
      for (VideoFrame.Plane plane : frame.planes()) {
        byte[] bytes = new byte[plane.data().remaining()];
        plane.data().get(0, bytes);
        planes.add(bytes);
      }
      pipeline.stop();
    }

    @Override
    public void drain(Consumer<AccessUnit> sink) {}

    @Override
    public void bitrate(int bitsPerSecond) {}

    @Override
    public void close() {}
  }

  private static I420Frame clocked(ZoneId zone) {
    I420Frame frame = new I420Frame(640, 480, FrameRate.of(25));
    Clock clock = Clock.fixed(Instant.parse("2026-11-24T02:03:04Z"), ZoneOffset.UTC);
    new ClockOverlay(clock).draw(frame, zone);
    return frame;
  }

  private static int lit(I420Frame frame) {
    int count = 0;
    for (int i = 0; i < 640 * 480; i++) {
      count += frame.memory().get(i) == (byte) 235 ? 1 : 0;
    }
    return count;
  }

  private byte[] snapshot(PictureSettings settings) throws Exception {
    VideoSource source = new SceneSource(640, 360, FrameRate.of(60));
    VideoPipeline pipeline = pipeline(source, settings);
    CompletableFuture<byte[]> jpeg = pipeline.snapshot();
    jpeg.whenComplete((bytes, failure) -> pipeline.stop());
    pipeline.run();
    return jpeg.get();
  }

  private void run(VideoSource source, PictureSettings settings) throws Exception {
    runToEnd(pipeline(source, settings), source);
  }

  private static void runToEnd(VideoPipeline pipeline, VideoSource source) {
    assertThatExceptionOfType(EndOfStreamException.class)
        .isThrownBy(pipeline::run)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(EndOfStreamException.Reason.END_OF_FILE));
    source.close();
  }

  private VideoPipeline pipeline(VideoSource source, PictureSettings settings) {
    return new VideoPipeline(
        source,
        OpenH264Encoder::new,
        4_000_000,
        settings,
        new VideoPipeline.Sinks(main::add, sub::add),
        Clock.systemUTC());
  }

  /** Pictures of the scene from a YUV4MPEG2 file: too long for a heap of arrays. */
  private VideoSource y4m(int width, int height, int rate, int pictures) throws Exception {
    Path file = Files.createTempFile(files, "scene", ".y4m");
    int chroma = (width + 1) / 2 * ((height + 1) / 2);
    byte[] luma = new byte[width * height];
    try (SceneSource scene = new SceneSource(width & ~1, height & ~1, FrameRate.of(1000));
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      String header = "YUV4MPEG2 W" + width + " H" + height + " F" + rate + ":1 Ip C420jpeg\n";
      out.write(header.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < pictures; i++) {
        Optional<VideoFrame> frame = scene.next(Duration.ofSeconds(1));
        frame.orElseThrow().planes().get(0).data().get(0, luma, 0, (width & ~1) * (height & ~1));
        frame.get().close();
        out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
        out.write(luma);
        out.write(new byte[2 * chroma]);
      }
    }
    return Y4mSource.open(Files.newInputStream(file), "test");
  }
}
