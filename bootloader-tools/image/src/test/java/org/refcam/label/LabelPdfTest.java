// SPDX-License-Identifier: Apache-2.0
package org.refcam.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class LabelPdfTest {
  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final String PASSWORD = "ABCD-EFGH-JKMN-PQRS-TVWX";
  private static final Pattern INDEX = Pattern.compile("(\\d{10}) 00000 n ");
  private final LabelFont font = LabelFont.load();

  @Test
  void font_hasEveryLetterOfTheLanguage() {
    String letters =
        "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";
    for (char letter : (letters + letters.toUpperCase(java.util.Locale.ROOT)).toCharArray()) {
      assertThat(font.has(letter)).as("%s", letter).isTrue();
      assertThat(font.advance(font.glyph(letter))).isBetween(200, 1200);
    }
    assertThat(font.glyph('a')).isNotEqualTo(font.glyph('ạ'));
    assertThat(font.glyph('\u4e00')).isEqualTo(font.glyph('?'));
  }

  @Test
  void fingerprint_isInGroupsThatAPersonCompares() {
    assertThat(LabelPdf.groups(HASH))
        .hasSize(2)
        .first()
        .isEqualTo("0123 4567 89ab cdef 0123 4567 89ab cdef");
    assertThat(LabelPdf.groups("12345")).isEqualTo(List.of("1234 5"));
  }

  @Test
  void index_pointsAtEachObject() throws Exception {
    String file = new String(pdf("tpm2"), StandardCharsets.ISO_8859_1);
    assertThat(file).startsWith("%PDF-1.7").endsWith("%%EOF\n");
    Matcher entry = INDEX.matcher(file);
    int number = 0;
    while (entry.find()) {
      number++;
      assertThat(file.substring(Integer.parseInt(entry.group(1)))).startsWith(number + " 0 obj");
    }
    assertThat(number).isEqualTo(10);
  }

  @Test
  void page_tellsAllThatTheLabelTells() throws Exception {
    byte[] pdf = pdf("tpm2");
    String page = page(pdf);
    for (String text : List.of("S123456789", PASSWORD, "https://192.0.2.1:8443", "cdef 0123")) {
      assertThat(page).contains(glyphs(text));
    }
    assertThat(page).contains(glyphs("Mật khẩu")).contains(" re f");
    // compressed and as glyph numbers: nothing that scans a disk for text finds the password
    assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).doesNotContain(PASSWORD);
  }

  @Test
  void developmentRoot_isNamedSoInBothLanguages_othersByTheirLevel() throws Exception {
    String words = glyphs("không dùng cho sản xuất · not for production");
    assertThat(page(pdf("development"))).contains(words);
    assertThat(page(pdf("tpm2"))).contains(glyphs("tpm2")).doesNotContain(words);
  }

  private static byte[] pdf(String assurance) {
    return LabelPdf.draw(
        new Label("S123456789", PASSWORD, HASH, "https://192.0.2.1:8443", assurance));
  }

  private String glyphs(String text) {
    StringBuilder hex = new StringBuilder();
    text.chars().forEach(c -> hex.append(HexFormat.of().toHexDigits((short) font.glyph((char) c))));
    return hex.toString();
  }

  /** The contents of object 4. */
  private static String page(byte[] pdf) throws Exception {
    String file = new String(pdf, StandardCharsets.ISO_8859_1);
    int begin = file.indexOf("stream\n", file.indexOf("4 0 obj")) + "stream\n".length();
    Inflater inflater = new Inflater();
    inflater.setInput(pdf, begin, pdf.length - begin);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!inflater.finished()) {
      int count = inflater.inflate(buffer);
      assertThat(count).isPositive();
      out.write(buffer, 0, count);
    }
    inflater.end();
    return out.toString(StandardCharsets.US_ASCII);
  }
}
