// SPDX-License-Identifier: Apache-2.0
package org.refcam.label;

import com.google.zxing.common.BitMatrix;
import java.util.ArrayList;
import java.util.List;

/** The label to print: one page of A6, lying, in Vietnamese and English. */
public final class LabelPdf {
  private static final double MILLIMETRE = 72 / 25.4;
  private static final double WIDTH = 148 * MILLIMETRE;
  private static final double HEIGHT = 105 * MILLIMETRE;
  private static final double MARGIN = 8 * MILLIMETRE;
  private static final double QR = 46 * MILLIMETRE;
  private static final double COLUMN = MARGIN + QR + 5 * MILLIMETRE;
  private static final int GROUP = 4;
  private static final int GROUPS_A_LINE = 8;
  private static final double SMALL = 7;
  private static final double PLAIN = 9.5;
  private static final double LARGE = 15;

  private final PdfDocument page;
  private final LabelFont font;
  private double y = HEIGHT - MARGIN;

  private LabelPdf(LabelFont font) {
    this.font = font;
    this.page = new PdfDocument(font, WIDTH, HEIGHT);
  }

  public static byte[] draw(Label label) {
    return new LabelPdf(LabelFont.load()).draw(label, LabelCode.modules(label, 0));
  }

  private byte[] draw(Label label, BitMatrix qr) {
    down(LARGE);
    page.text(MARGIN, y, LARGE, "RefCam");
    page.text(COLUMN, y, PLAIN, "Nhãn camera · Camera label");
    down(3);
    page.rectangle(MARGIN, y, WIDTH - 2 * MARGIN, 0.8);
    double top = y - 10;
    qr(qr, MARGIN, top - QR);
    y = top;
    field("Số sê-ri · Serial number", PLAIN, List.of(label.serial()));
    field("Mật khẩu trên nhãn · Label password", LARGE, List.of(label.password()));
    field("Địa chỉ · Address", PLAIN, List.of(label.url()));
    field(
        "Vân tay chứng chỉ · Certificate fingerprint (SHA-256)",
        PLAIN,
        groups(label.certificateSha256()));
    field("Gốc tin cậy · Root of trust", PLAIN, List.of(assurance(label)));
    y = Math.min(y, top - QR);
    down(4);
    for (String line :
        List.of(
            "Mở địa chỉ bằng trình duyệt, so vân tay chứng chỉ với nhãn này, rồi đặt mật khẩu của chủ.",
            "Mật khẩu trên nhãn hết hiệu lực khi đã có chủ. Hãy cất nhãn như cất chìa khóa.",
            "Open the address in a browser, compare the certificate with this label, then set the owner's password.",
            "The label password opens nothing once there is an owner. Keep the label as you keep a key.")) {
      down(SMALL + 3);
      page.text(MARGIN, y, SMALL, line);
    }
    return page.encode("RefCam " + label.serial(), "vi");
  }

  private static String assurance(Label label) {
    return label.development()
        ? label.assurance() + ": không dùng cho sản xuất · not for production"
        : label.assurance();
  }

  private void field(String name, double size, List<String> lines) {
    down(SMALL + 2);
    page.text(COLUMN, y, SMALL, name);
    for (String line : lines) {
      double fitting = Math.min(size, (WIDTH - MARGIN - COLUMN) * 1000 / font.width(line));
      down(size + 3);
      page.text(COLUMN, y, fitting, line);
    }
    down(5);
  }

  private void down(double points) {
    y -= points;
  }

  /** Four digits a group, eight groups a line: what a person can compare. */
  static List<String> groups(String hex) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < hex.length(); i += GROUP) {
      line.append(hex, i, Math.min(i + GROUP, hex.length())).append(' ');
      if (i / GROUP % GROUPS_A_LINE == GROUPS_A_LINE - 1 || i + GROUP >= hex.length()) {
        lines.add(line.toString().strip());
        line.setLength(0);
      }
    }
    return lines;
  }

  /** Runs of dark modules as rectangles, which stay sharp at any size. */
  private void qr(BitMatrix matrix, double left, double bottom) {
    double module = QR / matrix.getWidth();
    for (int row = 0; row < matrix.getHeight(); row++) {
      int begin = 0;
      for (int column = 0; column <= matrix.getWidth(); column++) {
        boolean dark = column < matrix.getWidth() && matrix.get(column, row);
        if (!dark) {
          if (column > begin) {
            page.rectangle(
                left + begin * module,
                bottom + (matrix.getHeight() - 1 - row) * module,
                (column - begin) * module,
                module);
          }
          begin = column + 1;
        }
      }
    }
  }
}
