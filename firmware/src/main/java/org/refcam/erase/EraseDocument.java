// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.util.ArrayList;
import java.util.List;
import org.refcam.label.LabelFont;
import org.refcam.label.PdfDocument;

/**
 * An erase certificate on one A4 page, Vietnamese before English. The signed file is what proves;
 * this page only shows what it says. Stateless.
 */
public final class EraseDocument {
  private static final double WIDTH = 595.28;
  private static final double HEIGHT = 841.89;
  private static final double MARGIN = 48;
  private static final double VALUE = 250;
  private static final double SIZE = 8.5;
  private static final double LEADING = 11.2;

  private final LabelFont font = LabelFont.load();
  private final PdfDocument page = new PdfDocument(font, WIDTH, HEIGHT);
  private double y = HEIGHT - MARGIN;

  private EraseDocument() {}

  /** The page as PDF; whoever reads it has to trust whoever drew it from a verified file. */
  public static byte[] draw(VerifiedEraseCertificate certificate) {
    EraseDocument document = new EraseDocument();
    document.title();
    document.facts(certificate);
    document.limits(certificate);
    document.proof(certificate);
    return document.page.encode("Giấy chứng nhận xóa dữ liệu / Erase certificate", "vi");
  }

  private void title() {
    page.text(MARGIN, y - 6, 15, "Giấy chứng nhận xóa dữ liệu");
    page.text(MARGIN, y - 24, 12, "Erase certificate");
    y -= 34;
    rule();
  }

  private void facts(VerifiedEraseCertificate c) {
    row("Số giấy", "Certificate", c.id());
    row("Lần xóa thứ", "Sequence", Long.toString(c.sequence()));
    row(
        "Hãng sản xuất, kiểu",
        "Maker, model",
        c.device().manufacturer() + ", " + c.device().model());
    row("Số sê-ri", "Serial number", c.device().serial());
    row("Phần mềm", "Firmware", c.device().firmware());
    row("Gốc tin cậy", "Root of trust", c.device().rootOfTrust());
    row("Phương tiện lưu trữ", "Medium", c.medium());
    row("Phạm vi", "Scope", scope(c));
    row("Phương pháp", "Method", c.sanitization().method() + ": " + c.sanitization().technique());
    row("Theo hướng dẫn", "Guideline", c.sanitization().guideline());
    row("Công cụ", "Tool", c.sanitization().tool());
    row("Mô-đun mật mã", "Module", "chưa được thẩm định / " + c.sanitization().module());
    for (VerifiedEraseCertificate.Key key : c.keys()) {
      row("Ô khóa " + key.name(), "Key slot", key.result() + ", " + key.assurance());
    }
    row("Kiểm tra", "Verification", c.verification());
    row("Người yêu cầu", "Requested by", c.role() + " (" + c.way() + ")");
    row("Yêu cầu lúc", "Requested", time(c.requested()));
    row("Khóa bị hủy lúc", "Keys destroyed", time(c.completed()));
    row("Trạng thái sau khi xóa", "State afterwards", c.postState());
    row("Danh tính thiết bị", "Device identity", "được giữ lại / kept");
    rule();
  }

  private static String scope(VerifiedEraseCertificate c) {
    return c.scope().equals("device")
        ? "toàn bộ thiết bị / whole device"
        : c.clips() + " bản ghi hình / recordings";
  }

  private static String time(EraseTime time) {
    String quality =
        time.quality().equals("synchronised")
            ? "đồng hồ đã đồng bộ / clock synchronised"
            : "đồng hồ chưa đồng bộ / clock not synchronised";
    return time.time() + ", " + quality;
  }

  private void limits(VerifiedEraseCertificate c) {
    line("Những gì không được bao gồm / What was not covered", 10);
    for (NotCovered one : c.notCovered()) {
      wrapped("- " + one.vietnamese());
      wrapped("  " + one.english());
    }
    rule();
  }

  private void proof(VerifiedEraseCertificate c) {
    wrapped("Tệp JSON cùng số là bản có chữ ký của thiết bị; kiểm tra bằng: refcam verify TỆP");
    wrapped(
        "The JSON file of the same number has the device's signature; check: refcam verify FILE");
    wrapped("SHA-256 (khóa thiết bị / device key)");
    wrapped(c.device().publicKeySha256());
  }

  private void row(String vietnamese, String english, String value) {
    page.text(MARGIN, y, SIZE, vietnamese + " / " + english);
    double from = y;
    for (String part : wrap(value, WIDTH - MARGIN - VALUE)) {
      page.text(VALUE, y, SIZE, part);
      y -= LEADING;
    }
    y = Math.min(y, from - LEADING) - 1.5;
  }

  private void line(String text, double size) {
    page.text(MARGIN, y, size, text);
    y -= size * 1.5;
  }

  private void wrapped(String text) {
    for (String part : wrap(text, WIDTH - 2 * MARGIN)) {
      line(part, SIZE);
    }
  }

  private void rule() {
    y -= 2;
    page.rectangle(MARGIN, y + 4, WIDTH - 2 * MARGIN, 0.5);
    y -= 12;
  }

  /** Lines of whole words that fit. */
  private List<String> wrap(String text, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && font.width(longer) * SIZE / 1000 > width) {
        lines.add(line.toString());
        line.setLength(0);
        longer = word;
      }
      line.setLength(0);
      line.append(longer);
    }
    lines.add(line.toString());
    return lines;
  }
}
