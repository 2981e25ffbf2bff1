// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.VideoFrame;

class Y4mSourceProperties {
  @Property(tries = 500)
  void anyHeader_isReadOrRefused_inBounds(
      @ForAll @AlphaChars @NumericChars @Chars({' ', ':', '-', '\n'}) @StringLength(max = 300)
          String rest)
      throws Exception {
    attempt(("YUV4MPEG2 " + rest).getBytes(StandardCharsets.US_ASCII));
  }

  @Property(tries = 200)
  void anySize_isReadAsWritten_orRefused(
      @ForAll @IntRange(min = -1, max = 3000) int width,
      @ForAll @IntRange(min = -1, max = 3000) int height)
      throws Exception {
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
