// SPDX-License-Identifier: Apache-2.0
package org.refcam.label;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * One page of text and filled rectangles as PDF 1.7 (ISO 32000-1), with its font inside. Written
 * here because the label needs nothing else: a PDF library would add more to the device than the
 * rest of set-up together.
 *
 * <p>Coordinates in points of 1/72 inch, from the page's bottom left corner. Confined to one
 * thread.
 */
public final class PdfDocument {
  private final LabelFont font;
  private final double width;
  private final double height;
  private final StringBuilder page = new StringBuilder();

  /** An empty page; width and height in points. */
  public PdfDocument(LabelFont font, double width, double height) {
    this.font = font;
    this.width = width;
    this.height = height;
  }

  /** A line of text, black, {@code y} at its base line. */
  public void text(double x, double y, double size, String line) {
    StringBuilder glyphs = new StringBuilder();
    for (char letter : line.toCharArray()) {
      glyphs.append(HexFormat.of().toHexDigits((short) font.glyph(letter)));
    }
    page.append(
        String.format(Locale.ROOT, "BT /F %.2f Tf %.2f %.2f Td <%s> Tj ET", size, x, y, glyphs));
    page.append('\n');
  }

  /** A black rectangle; {@code x}, {@code y} its bottom left corner. */
  public void rectangle(double x, double y, double wide, double high) {
    page.append(String.format(Locale.ROOT, "%.3f %.3f %.3f %.3f re f", x, y, wide, high));
    page.append('\n');
  }

  /**
   * The whole file.
   *
   * @param language RFC 5646, for screen readers
   */
  public byte[] encode(String title, String language) {
    List<byte[]> objects = new ArrayList<>();
    objects.add(
        ascii(
            "<</Type/Catalog/Pages 2 0 R/Lang("
                + language
                + ")/ViewerPreferences<</DisplayDocTitle true>>>>"));
    objects.add(ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"));
    objects.add(
        ascii(
            String.format(
                Locale.ROOT,
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents 4 0 R"
                    + "/Resources<</Font<</F 5 0 R>>>>>>",
                width,
                height)));
    objects.add(stream("", ascii(page.toString())));
    objects.add(
        ascii(
            "<</Type/Font/Subtype/Type0/BaseFont/NotoSans/Encoding/Identity-H"
                + "/DescendantFonts[6 0 R]/ToUnicode 9 0 R>>"));
    objects.add(ascii(descendant()));
    objects.add(
        ascii(
            "<</Type/FontDescriptor/FontName/NotoSans/Flags 32/FontBBox[-200 -300 1300 1100]"
                + "/ItalicAngle 0/Ascent 1069/Descent -293/CapHeight 714/StemV 80/FontFile2 8 0 R>>"));
    byte[] file = font.file();
    objects.add(stream("/Length1 " + file.length, file));
    objects.add(stream("", ascii(toUnicode())));
    objects.add(ascii("<</Title<" + utf16(title) + ">>>"));
    return file(objects);
  }

  private String descendant() {
    StringBuilder widths = new StringBuilder();
    for (int i = 0; i < font.glyphCount(); i++) {
      widths.append(font.advance(i)).append(' ');
    }
    return "<</Type/Font/Subtype/CIDFontType2/BaseFont/NotoSans/CIDToGIDMap/Identity"
        + "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        + "/FontDescriptor 7 0 R/DW 1000/W[0["
        + widths.toString().strip()
        + "]]>>";
  }

  /** Glyph to letter, so that text can be copied and searched (9.10.3). */
  private String toUnicode() {
    List<String> pairs = new ArrayList<>();
    for (char c = ' '; c < 0x2100; c++) {
      if (font.has(c)) {
        HexFormat hex = HexFormat.of();
        pairs.add(
            "<" + hex.toHexDigits((short) font.glyph(c)) + "><" + hex.toHexDigits((short) c) + ">");
      }
    }
    StringBuilder map =
        new StringBuilder("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n")
            .append("/CMapName /L def /CMapType 2 def\n")
            .append("1 begincodespacerange <0000><FFFF> endcodespacerange\n");
    for (int i = 0; i < pairs.size(); i += 100) { // the most that one block may hold
      List<String> block = pairs.subList(i, Math.min(i + 100, pairs.size()));
      map.append(block.size()).append(" beginbfchar\n");
      map.append(String.join("\n", block)).append("\nendbfchar\n");
    }
    return map.append("endcmap end end").toString();
  }

  private static byte[] stream(String entries, byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new AssertionError("memory takes bytes", e);
    } finally {
      deflater.end();
    }
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(
        ascii("<</Length " + packed.size() + entries + "/Filter/FlateDecode>>\nstream\n"));
    object.writeBytes(packed.toByteArray());
    object.writeBytes(ascii("\nendstream"));
    return object.toByteArray();
  }

  private static byte[] file(List<byte[]> objects) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n")); // four bytes above 127: binary
    StringBuilder index = new StringBuilder("0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      index.append(String.format(Locale.ROOT, "%010d 00000 n ", out.size()));
      index.append('\n'); // an entry is 20 bytes on every system
      out.writeBytes(ascii((i + 1) + " 0 obj\n"));
      out.writeBytes(objects.get(i));
      out.writeBytes(ascii("\nendobj\n"));
    }
    int at = out.size();
    int count = objects.size() + 1;
    out.writeBytes(ascii("xref\n0 " + count + "\n" + index));
    out.writeBytes(
        ascii("trailer\n<</Size " + count + "/Root 1 0 R/Info " + (count - 1) + " 0 R>>\n"));
    out.writeBytes(ascii("startxref\n" + at + "\n%%EOF\n"));
    return out.toByteArray();
  }

  private static String utf16(String text) {
    return "FEFF"
        + HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
