// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.refcam.web.RefusedException.Reason;

/** RFC 9110, 14: one range or the whole. */
class RangedAnswerTest {
  private static final String WHOLE = "0123456789";

  private static final Recordings.Content CONTENT =
      new Recordings.Content() {
        @Override
        public long length() {
          return WHOLE.length();
        }

        @Override
        public String tag() {
          return "v1";
        }

        @Override
        public String fileName() {
          return "film.mp4";
        }

        @Override
        public String type() {
          return "video/mp4";
        }

        @Override
        public void write(OutputStream out, long from, long to) throws IOException {
          out.write(WHOLE.substring((int) from, (int) to).getBytes(StandardCharsets.US_ASCII));
        }
      };

  private static String answer(@Nullable String range, @Nullable String ifRange) throws Exception {
    Response response = RangedAnswer.of(CONTENT, range, ifRange, true);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ((StreamingOutput) response.getEntity()).write(body);
    assertThat(response.getHeaderString("Content-Length")).isEqualTo(String.valueOf(body.size()));
    return response.getStatus()
        + " "
        + response.getHeaderString("Content-Range")
        + " "
        + body.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void noRange_severalRanges_andNonsense_giveTheWhole() throws Exception {
    for (String range :
        new String[] {null, "", "bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b"}) {
      assertThat(answer(range, null)).as(String.valueOf(range)).isEqualTo("200 null 0123456789");
    }
  }

  @Test
  void oneRange_isCutOut() throws Exception {
    assertThat(answer("bytes=2-4", null)).isEqualTo("206 bytes 2-4/10 234");
    assertThat(answer("bytes=7-", null)).isEqualTo("206 bytes 7-9/10 789");
    assertThat(answer("bytes=7-99", null)).isEqualTo("206 bytes 7-9/10 789");
    assertThat(answer("bytes=-3", null)).isEqualTo("206 bytes 7-9/10 789");
    assertThat(answer("bytes=-99", null)).isEqualTo("206 bytes 0-9/10 0123456789");
  }

  @Test
  void ifRange_ofAnotherVersion_givesTheWhole() throws Exception {
    assertThat(answer("bytes=2-4", "\"v1\"")).startsWith("206");
    assertThat(answer("bytes=2-4", "\"v0\"")).startsWith("200");
  }

  @Test
  void rangeOutside_isRefused() {
    for (String range :
        new String[] {"bytes=10-", "bytes=5-4", "bytes=-0", "bytes=999999999999-"}) {
      assertThatExceptionOfType(RefusedException.class)
          .as(range)
          .isThrownBy(() -> RangedAnswer.of(CONTENT, range, null, false))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NO_SUCH_RANGE));
    }
  }
}
