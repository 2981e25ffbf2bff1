// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.VideoFrame;

class Y4mSourceAnyInputTest {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 :-\n";

  private final Random random = new Random(1);

  @Test
  void anyHeader_isReadOrRefused_inBounds() throws Exception {
    for (int attempt = 0; attempt < 500; attempt++) {
      StringBuilder header = new StringBuilder("YUV4MPEG2 ");
      for (int i = random.nextInt(301); i > 0; i--) {
        header.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      attempt(header.toString().getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void anySize_isReadAsWritten_orRefused() throws Exception {
    for (int attempt = 0; attempt < 200; attempt++) {
      openOfSize(random.nextInt(3002) - 1, random.nextInt(3002) - 1);
    }
  }

  private static void openOfSize(int width, int height) throws Exception {
    boolean good = width >= 16 && width <= 1920 && height >= 16 && height <= 1920;
    try {
      Y4mSource source =
          Y4mSource.open(
              new ByteArrayInputStream(
                  ("YUV4MPEG2 W" + width + " H" + height + " F25:1\n")
                      .getBytes(StandardCharsets.US_ASCII)),
              "test");
      assertThat(good).isTrue();
      assertThat(source.format().width()).isEqualTo(width);
      assertThat(source.format().height()).isEqualTo(height);
    } catch (InvalidVideoFileException e) {
      assertThat(good).isFalse();
      assertThat(e.reason()).isEqualTo(InvalidVideoFileException.Reason.BAD_PARAMETER);
    }
  }

  private static void attempt(byte[] bytes) throws Exception {
    try {
      Y4mSource source = Y4mSource.open(new ByteArrayInputStream(bytes), "test");
      assertThat(source.format().width()).isBetween(16, 1920);
      source.next(Duration.ZERO).ifPresent(VideoFrame::close);
    } catch (InvalidVideoFileException e) {
      assertThat(e.reason()).isNotNull();
    } catch (EndOfStreamException e) {
      assertThat(e.reason()).isEqualTo(EndOfStreamException.Reason.END_OF_FILE);
    }
  }
}
