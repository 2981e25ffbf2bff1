// SPDX-License-Identifier: Apache-2.0
package org.refcam.encode;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.refcam.media.VideoFrame;
import org.refcam.media.VideoFrame.Plane;

/**
 * Date and time in the picture's upper left corner, white on black, in the owner's time zone with
 * its offset, so that a clip alone tells when it was. Confined to the capture thread.
 */
final class ClockOverlay {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final int GLYPH_WIDTH = 5;
  private static final int GLYPH_HEIGHT = 7;
  private static final int CELL = GLYPH_WIDTH + 1;
  private static final byte WHITE = (byte) 235;
  private static final byte BLACK = 16;
  private static final byte GREY = (byte) 128;

  private static final int[] BLANK = new int[GLYPH_HEIGHT];

  /** Seven lines of five bits, the leftmost highest. */
  private static final Map<Character, int[]> GLYPHS =
      Map.ofEntries(
          Map.entry('0', new int[] {14, 17, 19, 21, 25, 17, 14}),
          Map.entry('1', new int[] {4, 12, 4, 4, 4, 4, 14}),
          Map.entry('2', new int[] {14, 17, 1, 6, 8, 16, 31}),
          Map.entry('3', new int[] {30, 1, 1, 14, 1, 1, 30}),
          Map.entry('4', new int[] {2, 6, 10, 18, 31, 2, 2}),
          Map.entry('5', new int[] {31, 16, 30, 1, 1, 17, 14}),
          Map.entry('6', new int[] {6, 8, 16, 30, 17, 17, 14}),
          Map.entry('7', new int[] {31, 1, 2, 4, 8, 8, 8}),
          Map.entry('8', new int[] {14, 17, 17, 14, 17, 17, 14}),
          Map.entry('9', new int[] {14, 17, 17, 15, 1, 2, 12}),
          Map.entry('-', new int[] {0, 0, 0, 31, 0, 0, 0}),
          Map.entry('+', new int[] {0, 4, 4, 31, 4, 4, 0}),
          Map.entry(':', new int[] {0, 12, 12, 0, 12, 12, 0}),
          Map.entry(' ', BLANK));

  private final Clock clock;
  private long drawnSecond = Long.MIN_VALUE;
  private String text = "";

  ClockOverlay(Clock clock) {
    this.clock = clock;
  }

  /** Draws the present second into an I420 picture. */
  void draw(VideoFrame frame, ZoneId zone) {
    Instant now = clock.instant();
    if (now.getEpochSecond() != drawnSecond) {
      drawnSecond = now.getEpochSecond();
      text = FORMAT.format(now.atZone(zone));
    }
    int width = frame.format().width();
    int height = frame.format().height();
    int scale = Math.max(1, height / 360);
    int boxWidth = (text.length() * CELL + 3) * scale & ~1;
    int boxHeight = (GLYPH_HEIGHT + 4) * scale & ~1;
    if (boxWidth > width || boxHeight > height) {
      return; // a picture smaller than its clock shows none
    }
    Plane luma = frame.planes().get(0);
    byte[] line = new byte[boxWidth];
    for (int row = 0; row < boxHeight; row++) {
      fillLine(line, row / scale - 2, scale);
      luma.data().put(row * luma.bytesPerLine(), line);
    }
    for (Plane chroma : frame.planes().subList(1, 3)) {
      fill(chroma, boxWidth / 2, boxHeight / 2);
    }
  }

  private void fillLine(byte[] line, int glyphRow, int scale) {
    for (int x = 0; x < line.length; x++) {
      int column = x / scale - 2;
      boolean lit = false;
      if (column >= 0
          && glyphRow >= 0
          && glyphRow < GLYPH_HEIGHT
          && column / CELL < text.length()) {
        int[] glyph = GLYPHS.getOrDefault(text.charAt(column / CELL), BLANK);
        int bit = column % CELL;
        lit = bit < GLYPH_WIDTH && (glyph[glyphRow] >> (GLYPH_WIDTH - 1 - bit) & 1) == 1;
      }
      line[x] = lit ? WHITE : BLACK;
    }
  }

  private static void fill(Plane chroma, int width, int height) {
    byte[] line = new byte[width];
    Arrays.fill(line, GREY);
    ByteBuffer data = chroma.data();
    for (int row = 0; row < height; row++) {
      data.put(row * chroma.bytesPerLine(), line);
    }
  }
}
