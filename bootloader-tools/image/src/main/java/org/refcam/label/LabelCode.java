// SPDX-License-Identifier: Apache-2.0
package org.refcam.label;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** A label's QR code (ISO/IEC 18004, level M) as text, PNG, or modules to draw. Stateless. */
public final class LabelCode {
  private static final int QR_PIXELS = 480;

  private LabelCode() {}

  /** Lines of text for a terminal, two rows of modules in each. */
  public static String terminal(Label label) {
    BitMatrix matrix = modules(label, 0);
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < matrix.getHeight(); y += 2) {
      for (int x = 0; x < matrix.getWidth(); x++) {
        boolean upper = !matrix.get(x, y);
        boolean lower = y + 1 >= matrix.getHeight() || !matrix.get(x, y + 1);
        text.append(upper && lower ? '█' : upper ? '▀' : lower ? '▄' : ' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** A PNG of about 480 by 480 pixels. */
  public static byte[] png(Label label) throws IOException {
    BitMatrix matrix = modules(label, QR_PIXELS);
    int width = matrix.getWidth();
    BufferedImage image =
        new BufferedImage(width, matrix.getHeight(), BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < matrix.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, matrix.get(x, y) ? 0 : 0xFFFFFF);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /**
   * @param pixels 0 for one pixel a module
   */
  static BitMatrix modules(Label label, int pixels) {
    try {
      return new QRCodeWriter()
          .encode(
              label.qrText(),
              BarcodeFormat.QR_CODE,
              pixels,
              pixels,
              Map.of(
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.M,
                  EncodeHintType.MARGIN,
                  2));
    } catch (WriterException e) {
      throw new AssertionError("a label fits a QR code", e);
    }
  }
}
