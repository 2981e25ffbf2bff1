// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.refcam.media.FrameRate;
import org.refcam.media.PixelFormat;
import org.refcam.media.VideoFormat;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoSource;

/**
 * The built-in moving scene: a quiet gradient over which coloured blocks travel, so that a camera
 * without a sensor still has something alive to show. Two buffers take turns; drawing one picture
 * copies the background and fills a few rectangles. Confined to the capture thread.
 */
public final class SceneSource implements VideoSource {
  private static final int BUFFERS = 2;
  private static final int BLOCKS = 5;

  private final VideoFormat format;
  private final byte[] background;
  private final byte[] line;
  private final LentPicture[] pictures = new LentPicture[BUFFERS];
  private final Pacer pacer;
  private long sequence;

  /**
   * @param width even
   * @param height even
   */
  public SceneSource(int width, int height, FrameRate frameRate) {
    if (width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException("the scene has even sides");
    }
    format = new VideoFormat(PixelFormat.I420, width, height, frameRate);
    background = background(width, height);
    line = new byte[width];
    for (int i = 0; i < BUFFERS; i++) {
      pictures[i] = new LentPicture(format);
    }
    pacer = new Pacer(frameRate);
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public String name() {
    return "built-in scene";
  }

  @Override
  public Optional<VideoFrame> next(Duration deadline) {
    if (!pacer.await(deadline)) {
      return Optional.empty();
    }
    LentPicture picture = pictures[(int) (sequence % BUFFERS)];
    draw(picture.memory());
    return Optional.of(picture.lend(sequence++));
  }

  @Override
  public void close() {}

  /** Diagonal light on luma; chroma runs from cool to warm. */
  private static byte[] background(int width, int height) {
    byte[] bytes = new byte[width * height * 3 / 2];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        bytes[y * width + x] = (byte) (50 + 110 * (x + y) / (width + height));
      }
    }
    int chroma = width * height;
    for (int y = 0; y < height / 2; y++) {
      for (int x = 0; x < width / 2; x++) {
        int at = y * (width / 2) + x;
        bytes[chroma + at] = (byte) (144 - 32 * x / width);
        bytes[chroma + width * height / 4 + at] = (byte) (112 + 32 * y / height);
      }
    }
    return bytes;
  }

  private void draw(ByteBuffer memory) {
    memory.put(0, background);
    int width = format.width();
    int height = format.height();
    int side = Math.max(8, height / 8) & ~1;
    for (int i = 0; i < BLOCKS; i++) {
      int x = bounce(sequence * (3 + i) * width / 1280 + (long) i * width / 5, width - side);
      int y = bounce(sequence * (2 + i) * height / 720 + (long) i * height / 7, height - side);
      block(memory, x & ~1, y & ~1, side, i);
    }
  }

  private void block(ByteBuffer memory, int x, int y, int side, int colour) {
    int width = format.width();
    int height = format.height();
    fill(memory, y * width + x, width, side, side, 90 + 30 * colour);
    int chroma = width * height;
    int at = y / 2 * (width / 2) + x / 2;
    fill(memory, chroma + at, width / 2, side / 2, side / 2, 40 + 44 * colour);
    fill(memory, chroma + chroma / 4 + at, width / 2, side / 2, side / 2, 220 - 40 * colour);
  }

  private void fill(ByteBuffer memory, int at, int stride, int columns, int rows, int value) {
    Arrays.fill(line, 0, columns, (byte) value);
    for (int row = 0; row < rows; row++) {
      memory.put(at + row * stride, line, 0, columns);
    }
  }

  /** Travels to and fro between 0 and {@code range}. */
  private static int bounce(long distance, int range) {
    long at = distance % (2L * range);
    return (int) (at < range ? at : 2L * range - at);
  }
}
