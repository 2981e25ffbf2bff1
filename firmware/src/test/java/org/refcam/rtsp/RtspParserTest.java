// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.refcam.rtsp.RtspMessage.Interleaved;
import org.refcam.rtsp.RtspMessage.Request;
import org.refcam.rtsp.RtspParseException.Reason;

class RtspParserTest {
  private static final String GOOD =
      "SET_PARAMETER rtsp://camera/main RTSP/1.0\r\nCSeq: 7\r\nContent-Length: 3\r\n\r\nabc";

  @Test
  void requests_andInterleavedPackets_areTakenOneByOne() throws Exception {
    ByteBuffer in = bytes("\r\n" + GOOD + "$\1\0\2hiOPTIONS * RTSP/1.0\nCSeq: 8\n\n");
    Request first = (Request) RtspParser.parse(in).orElseThrow();
    assertThat(first.method()).isEqualTo("SET_PARAMETER");
    assertThat(first.header("cseq")).contains("7");
    assertThat(first.bodyLength()).isEqualTo(3);
    assertThat(RtspParser.parse(in)).contains(new Interleaved(1, bytes("hi")));
    assertThat(((Request) RtspParser.parse(in).orElseThrow()).uri()).isEqualTo("*");
    assertThat(RtspParser.parse(in)).isEmpty();
  }

  @Test
  void everyProperPrefix_needsMore_andMovesNothing() throws Exception {
    for (int length = 0; length < GOOD.length(); length++) {
      ByteBuffer in = bytes(GOOD.substring(0, length));
      assertThat(RtspParser.parse(in)).isEmpty();
      assertThat(in.position()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'OPTIONS\r\n\r\n', BAD_REQUEST_LINE",
    "'options * RTSP/1.0\r\n\r\n', BAD_REQUEST_LINE",
    "'GET / HTTP/1.1\r\n\r\n', BAD_REQUEST_LINE",
    "'OPTIONS * RTSP/2.0\r\n\r\n', BAD_VERSION",
    "'OPTIONS * RTSP/1.0\r\nno colon\r\n\r\n', BAD_HEADER",
    "'OPTIONS * RTSP/1.0\r\nA: b\r\n folded\r\n\r\n', BAD_HEADER",
    "'OPTIONS * RTSP/1.0\r\nContent-Length: -1\r\n\r\n', BAD_LENGTH",
    "'OPTIONS * RTSP/1.0\r\nContent-Length: 70000\r\n\r\n', BAD_LENGTH",
    "'OPTIONS * RTSP/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', BAD_LENGTH",
  })
  void badRequest_isRefused_withItsReason(String text, Reason reason) {
    assertThatExceptionOfType(RtspParseException.class)
        .isThrownBy(() -> RtspParser.parse(bytes(text)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  @DisplayName("INV-RTSP-1 endless headers are refused after a bound")
  void endlessHeaders_areRefused() {
    for (String text :
        new String[] {
          "OPTIONS * RTSP/1.0\r\nA: " + "x".repeat(10_000),
          "OPTIONS * RTSP/1.0\r\n" + "A: b\r\n".repeat(100) + "\r\n"
        }) {
      assertThatExceptionOfType(RtspParseException.class)
          .isThrownBy(() -> RtspParser.parse(bytes(text)))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.HEADERS_TOO_LARGE));
    }
  }

  @Test
  void anyBytes_endInAResult_neverInAnotherException() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = GOOD.getBytes(StandardCharsets.ISO_8859_1);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(RtspParser.parse(ByteBuffer.wrap(bad))).isNotNull();
      } catch (RtspParseException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
