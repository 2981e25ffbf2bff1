// SPDX-License-Identifier: Apache-2.0
package org.refcam.label;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.TruncatedException;

/**
 * The label's typeface: a part of Noto Sans with Latin and Vietnamese letters, which the jar
 * carries, because a device has no fonts. Reads of it what a PDF must know (OpenType: cmap format
 * 4, hhea, hmtx). Immutable.
 */
public final class LabelFont {
  private static final String RESOURCE = "NotoSans-vi.ttf";
  private static final int SEGMENTS = 4; // cmap subtable format

  private final byte[] file;
  private final Map<Character, Integer> glyphs;
  private final int[] advances;

  private LabelFont(byte[] file, Map<Character, Integer> glyphs, int[] advances) {
    this.file = file;
    this.glyphs = glyphs;
    this.advances = advances;
  }

  /** The font of the jar. */
  public static LabelFont load() {
    try (InputStream in = LabelFont.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new AssertionError(RESOURCE + " is in the jar");
      }
      return parse(in.readAllBytes());
    } catch (IOException | TruncatedException e) {
      throw new AssertionError(RESOURCE + " in the jar is whole", e);
    }
  }

  private static LabelFont parse(byte[] file) throws TruncatedException {
    Map<String, ByteBuffer> tables = tables(file);
    ByteReader head = new ByteReader(table(tables, "hhea"));
    head.skip(34);
    int[] advances = new int[head.u16()];
    ByteReader metrics = new ByteReader(table(tables, "hmtx"));
    for (int i = 0; i < advances.length; i++) {
      advances[i] = metrics.u16();
      metrics.skip(2); // left side bearing
    }
    return new LabelFont(file, glyphs(table(tables, "cmap")), advances);
  }

  private static ByteBuffer table(Map<String, ByteBuffer> tables, String tag) {
    ByteBuffer table = tables.get(tag);
    if (table == null) {
      throw new AssertionError(RESOURCE + " has a table " + tag);
    }
    return table;
  }

  private static Map<String, ByteBuffer> tables(byte[] file) throws TruncatedException {
    ByteReader reader = new ByteReader(file);
    reader.skip(4);
    int count = reader.u16();
    reader.skip(6);
    Map<String, ByteBuffer> tables = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String tag = new String(reader.raw(4), StandardCharsets.US_ASCII);
      reader.skip(4); // checksum
      int offset = (int) reader.u32();
      tables.put(tag, ByteBuffer.wrap(file).slice(offset, (int) reader.u32()));
    }
    return tables;
  }

  /** The segments of a Unicode subtable; those of this font have differences alone, no offsets. */
  private static Map<Character, Integer> glyphs(ByteBuffer cmap) throws TruncatedException {
    ByteReader index = new ByteReader(cmap);
    index.skip(8);
    ByteReader table = new ByteReader(cmap);
    table.skip((int) index.u32());
    if (table.u16() != SEGMENTS) {
      throw new AssertionError(RESOURCE + " has a cmap of format 4");
    }
    table.skip(4);
    int count = table.u16() / 2;
    table.skip(6);
    int[] ends = words(table, count);
    table.skip(2);
    int[] starts = words(table, count);
    int[] deltas = words(table, count);
    int[] offsets = words(table, count);
    int[] ids = words(table, table.remaining() / 2);
    Map<Character, Integer> glyphs = new HashMap<>();
    for (int i = 0; i < count; i++) {
      for (int c = starts[i]; c <= ends[i] && c < 0xFFFF; c++) {
        int at = offsets[i] / 2 - (count - i) + c - starts[i];
        int id = offsets[i] == 0 ? c : ids[at];
        if (id != 0) {
          glyphs.put((char) c, id + deltas[i] & 0xFFFF);
        }
      }
    }
    return glyphs;
  }

  private static int[] words(ByteReader reader, int count) throws TruncatedException {
    int[] words = new int[count];
    for (int i = 0; i < count; i++) {
      words[i] = reader.u16();
    }
    return words;
  }

  /** The whole font file. */
  byte[] file() {
    return file.clone();
  }

  int glyphCount() {
    return advances.length;
  }

  boolean has(char letter) {
    return glyphs.containsKey(letter);
  }

  /** The glyph of a letter; a question mark's for one that the font does not have. */
  int glyph(char letter) {
    Integer glyph = glyphs.getOrDefault(letter, glyphs.get('?'));
    if (glyph == null) {
      throw new AssertionError(RESOURCE + " has a question mark");
    }
    return glyph;
  }

  /** A glyph's width, in thousandths of the type size. */
  int advance(int glyph) {
    return advances[glyph];
  }

  /** The width of a line, in thousandths of the type size. */
  public int width(String text) {
    return text.chars().map(c -> advance(glyph((char) c))).sum();
  }
}
