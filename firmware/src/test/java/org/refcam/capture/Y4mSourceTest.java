// SPDX-License-Identifier: Apache-2.0
package org.refcam.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.refcam.capture.InvalidVideoFileException.Reason;
import org.refcam.media.EndOfStreamException;
import org.refcam.media.FrameRate;
import org.refcam.media.VideoFrame;

class Y4mSourceTest {
  private static final String HEADER = "YUV4MPEG2 W16 H16 F100:1 Ip A1:1 C420mpeg2 XCOMMENT\n";
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void header_andPictures_areRead_thenTheFileEnds() throws Exception {
    Y4mSource source = open(HEADER + picture('a') + "FRAME Ip\n" + "b".repeat(384));
    assertThat(source.format().width()).isEqualTo(16);
    assertThat(source.format().frameRate()).isEqualTo(new FrameRate(100, 1));
    for (char expected : new char[] {'a', 'b'}) {
      try (VideoFrame frame = source.next(SECOND).orElseThrow()) {
        assertThat(frame.planes()).hasSize(3);
        assertThat(frame.planes().get(2).data().get(63)).isEqualTo((byte) expected);
      }
    }
    assertThatExceptionOfType(EndOfStreamException.class).isThrownBy(() -> source.next(SECOND));
  }

  @ParameterizedTest
  @CsvSource({
    "'', NOT_THIS_FORMAT",
    "'RIFF....\n', NOT_THIS_FORMAT",
    "'YUV4MPEG2 W16 H16', DAMAGED",
    "'YUV4MPEG2 H16 F25:1\n', BAD_PARAMETER",
    "'YUV4MPEG2 W-16 H16 F25:1\n', BAD_PARAMETER",
    "'YUV4MPEG2 W99999999999 H16 F25:1\n', BAD_PARAMETER",
    "'YUV4MPEG2 W16 H16 F25:0\n', BAD_PARAMETER",
    "'YUV4MPEG2 W16 H16 F25\n', BAD_PARAMETER",
    "'YUV4MPEG2 W16 H16 F1000:1\n', BAD_PARAMETER",
    "'YUV4MPEG2 W16 H16 F25:1 C444\n', UNSUPPORTED_LAYOUT",
    "'YUV4MPEG2 W16 H16 F25:1 C420p10\n', UNSUPPORTED_LAYOUT",
    "'YUV4MPEG2 W16 H16 F25:1 It\n', UNSUPPORTED_LAYOUT",
  })
  void badHeader_isRefused_withItsReason(String header, Reason reason) {
    assertThatExceptionOfType(InvalidVideoFileException.class)
        .isThrownBy(() -> open(header))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void endlessHeader_isRefused_afterABound() {
    assertThatExceptionOfType(InvalidVideoFileException.class)
        .isThrownBy(() -> open("YUV4MPEG2 X" + "x".repeat(10_000)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.HEADER_TOO_LONG));
  }

  @Test
  void fileThatEndsInsideAPicture_isDamaged() throws Exception {
    for (String rest : new String[] {"", "FRAME\nabc", "FRAMES\n" + "a".repeat(384), "FRA"}) {
      Y4mSource source = open(HEADER + rest);
      assertThatExceptionOfType(InvalidVideoFileException.class)
          .isThrownBy(() -> source.next(SECOND))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
    }
  }

  @Test
  void anyFlippedByte_endsInAResult_neverInAnotherException() throws Exception {
    byte[] good = (HEADER + picture('a') + picture('b')).getBytes(StandardCharsets.US_ASCII);
    Random random = new Random(42);
    for (int i = 0; i < 500; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(HEADER.length() + 6)] = (byte) random.nextInt(256);
      try {
        Y4mSource source = Y4mSource.open(new ByteArrayInputStream(bad), "test");
        source.next(Duration.ZERO).ifPresent(VideoFrame::close);
      } catch (InvalidVideoFileException e) {
        assertThat(e.reason()).isNotNull();
      } catch (EndOfStreamException e) {
        assertThat(e.reason()).isEqualTo(EndOfStreamException.Reason.END_OF_FILE);
      }
    }
  }

  @Test
  void lentPicture_mustComeBack_beforeTheNext() throws Exception {
    Y4mSource source = open(HEADER + picture('a') + picture('b'));
    assertThat(source.next(SECOND)).isPresent();
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> source.next(SECOND));
  }

  private static String picture(char value) {
    return "FRAME\n" + String.valueOf(value).repeat(384);
  }

  private static Y4mSource open(String text) throws Exception {
    return Y4mSource.open(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), "test");
  }
}
