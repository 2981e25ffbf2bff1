// SPDX-License-Identifier: Apache-2.0
package org.refcam.label;

import com.google.zxing.common.BitMatrix;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A label as a PDF of one page of 90 by 50 mm, drawn in vectors (ISO 32000-1: one content stream,
 * the standard fonts Helvetica and Courier, no compression). Stateless.
 */
public final class LabelPdf {
  private static final double POINTS_PER_MM = 72 / 25.4;
  private static final double WIDTH = 90 * POINTS_PER_MM;
  private static final double HEIGHT = 50 * POINTS_PER_MM;
  private static final double QR_SIZE = 40 * POINTS_PER_MM;
  private static final double MARGIN = 4 * POINTS_PER_MM;
  private static final int HASH_LINE = 16;

  private LabelPdf() {}

  public static byte[] draw(Label label) {
    StringBuilder page = new StringBuilder();
    drawQr(page, LabelCode.modules(label, 0));
    double x = MARGIN + QR_SIZE + 2 * POINTS_PER_MM;
    double y = HEIGHT - MARGIN - 8;
    y = line(page, "F1", 9, x, y, "RefCam " + label.serial());
    y = line(page, "F2", 7.5, x, y - 2, label.password());
    y = line(page, "F2", 5, x, y - 2, label.url());
    y = line(page, "F1", 5, x, y - 2, "SHA-256");
    String hash = label.certificateSha256();
    for (int at = 0; at < hash.length(); at += HASH_LINE) {
      y = line(page, "F2", 5, x, y, hash.substring(at, Math.min(hash.length(), at + HASH_LINE)));
    }
    y = line(page, "F1", 5, x, y - 2, "Root of trust: " + label.assurance());
    if (label.development()) {
      line(page, "F1", 6, x, y, "NOT FOR PRODUCTION");
    }
    return document(page.toString());
  }

  private static void drawQr(StringBuilder page, BitMatrix modules) {
    double module = QR_SIZE / modules.getWidth();
    for (int row = 0; row < modules.getHeight(); row++) {
      for (int column = 0; column < modules.getWidth(); column++) {
        if (modules.get(column, row)) {
          page.append(
              number(
                  "%.3f %.3f %.3f %.3f re\n",
                  MARGIN + column * module, HEIGHT - MARGIN - (row + 1) * module, module, module));
        }
      }
    }
    page.append("f\n");
  }

  private static double line(
      StringBuilder page, String font, double size, double x, double y, String text) {
    page.append("BT /").append(font).append(number(" %.2f Tf %.2f %.2f Td (", size, x, y));
    page.append(text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)"));
    page.append(") Tj ET\n");
    return y - size * 1.25;
  }

  private static byte[] document(String page) {
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R"
                + number(" /MediaBox [0 0 %.3f %.3f]", WIDTH, HEIGHT)
                + " /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
            "<< /Length " + page.length() + " >>\nstream\n" + page + "endstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, "%PDF-1.4\n");
    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      offsets.add(out.size());
      write(out, (i + 1) + " 0 obj\n" + objects.get(i) + "\nendobj\n");
    }
    int table = out.size();
    write(out, "xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
    offsets.forEach(offset -> write(out, number("%010d 00000 n \n", offset)));
    write(out, "trailer << /Root 1 0 R /Size " + (objects.size() + 1) + " >>\n");
    write(out, "startxref\n" + table + "\n%%EOF\n");
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
