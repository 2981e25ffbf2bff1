// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.refcam.media.FrameRate;
import org.refcam.media.MediaTime;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoFrame.Plane;

class PicturesTest {
  private static final FrameRate RATE = FrameRate.of(25);
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  private final I420Frame to = new I420Frame(WIDTH, HEIGHT, RATE);

  @Test
  void nv12_isSplit_alsoWithPaddedLines() throws Exception {
    Plane luma = new Plane(filled(80 * HEIGHT, 100), 80);
    Plane chroma = new Plane(pattern(80 * HEIGHT / 2, 60, 200), 80);
    Pictures.convert(frame(PixelFormat.NV12, luma, chroma), to);
    assertPlanes(100, 60, 200, 0);
    assertThat(to.sequence()).isEqualTo(7);
  }

  @Test
  void yuyv_isReduced() throws Exception {
    Plane packed = new Plane(pattern(WIDTH * 2 * HEIGHT, 100, 60, 100, 200), WIDTH * 2);
    Pictures.convert(frame(PixelFormat.YUYV, packed), to);
    assertPlanes(100, 60, 200, 0);
  }

  @Test
  void jpeg_comesBackInVideoRange() throws Exception {
    for (int[] colour : new int[][] {{16, 128, 128}, {235, 128, 128}, {110, 90, 160}}) {
      I420Frame from = new I420Frame(WIDTH, HEIGHT, RATE);
      for (int i = 0; i < 3; i++) {
        fill(from.planes().get(i).data(), colour[i]);
      }
      byte[] jpeg = Pictures.jpeg(from, 95);
      ByteBuffer data = ByteBuffer.allocateDirect(jpeg.length).put(jpeg).flip();
      Pictures.convert(frame(PixelFormat.MJPEG, new Plane(data, 0)), to);
      assertPlanes(colour[0], colour[1], colour[2], 3);
    }
  }

  @Test
  void jpegOfAnotherSize_orNoJpeg_isRefused() throws Exception {
    byte[] jpeg = Pictures.jpeg(new I420Frame(32, 32, RATE), 80);
    for (byte[] bytes : new byte[][] {jpeg, new byte[100], Arrays.copyOf(jpeg, 20)}) {
      ByteBuffer data = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
      VideoFrame frame = frame(PixelFormat.MJPEG, new Plane(data, 0));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> Pictures.convert(frame, to));
    }
  }

  @Test
  void memoryThatCannotHoldThePicture_neverReachesC() {
    Plane good = new Plane(filled(WIDTH * HEIGHT, 0), WIDTH);
    Plane chroma = new Plane(filled(WIDTH * HEIGHT / 2, 0), WIDTH);
    for (Plane bad :
        List.of(
            new Plane(filled(WIDTH * HEIGHT - 1, 0), WIDTH),
            new Plane(filled(WIDTH * HEIGHT, 0), WIDTH - 1),
            new Plane(ByteBuffer.allocate(WIDTH * HEIGHT), WIDTH),
            new Plane(filled(WIDTH * HEIGHT, 0), Integer.MAX_VALUE),
            new Plane(filled(WIDTH * HEIGHT + 1, 0).position(1), WIDTH))) {
      refused(frame(PixelFormat.NV12, bad, chroma));
      refused(frame(PixelFormat.I420, bad, good, good));
    }
    refused(frame(PixelFormat.NV12, good, new Plane(filled(WIDTH, 0), WIDTH)));
    refused(frame(PixelFormat.YUYV, good));
    refused(frame(PixelFormat.H264, good));
  }

  private void refused(VideoFrame frame) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Pictures.convert(frame, to));
  }

  private void assertPlanes(int y, int u, int v, int tolerance) {
    int[] expected = {y, u, v};
    for (int i = 0; i < 3; i++) {
      ByteBuffer data = to.planes().get(i).data();
      for (int at = 0; at < data.limit(); at++) {
        assertThat(data.get(at) & 0xFF).isCloseTo(expected[i], within(tolerance));
      }
    }
  }

  private static ByteBuffer filled(int size, int value) {
    return pattern(size, value);
  }

  private static ByteBuffer pattern(int size, int... values) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    for (int i = 0; i < size; i++) {
      buffer.put(i, (byte) values[i % values.length]);
    }
    return buffer;
  }

  private static void fill(ByteBuffer buffer, int value) {
    for (int i = 0; i < buffer.limit(); i++) {
      buffer.put(i, (byte) value);
    }
  }

  private static VideoFrame frame(PixelFormat pixels, Plane... planes) {
    VideoFormat format = new VideoFormat(pixels, WIDTH, HEIGHT, RATE);
    return new Given(format, new MediaTime(5), 7, false, List.of(planes));
  }

  private record Given(
      VideoFormat format, MediaTime time, long sequence, boolean corrupted, List<Plane> planes)
      implements VideoFrame {
    @Override
    public void close() {}
  }
}
