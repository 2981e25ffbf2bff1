// SPDX-License-Identifier: Apache-2.0
package org.refcam.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceParameterSetTest {
  /** As OpenH264 2.3.1 wrote it for 1920x1080 at 30: cropped from 1088 lines. */
  private static final byte[] OPENH264_1080P =
      HexFormat.of().parseHex("6742C0288C8D403C0113F2C03C2211A8");

  @Test
  void encodersOwn_isUnderstood() throws Exception {
    SequenceParameterSet sps = SequenceParameterSet.parse(ByteBuffer.wrap(OPENH264_1080P));
    assertThat(sps.width()).isEqualTo(1920);
    assertThat(sps.height()).isEqualTo(1080);
    assertThat(sps.profileLevelId()).isEqualTo("42C028");
  }

  @Test
  void everyTruncation_isRefused() {
    for (int length = 0; length < 10; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(OPENH264_1080P, length));
      assertThatExceptionOfType(InvalidParameterSetException.class)
          .isThrownBy(() -> SequenceParameterSet.parse(cut));
    }
  }

  @Test
  void anyBytes_giveASizeInBounds_orAreRefused() {
    Random random = new Random(1);
    for (int attempt = 0; attempt < 5000; attempt++) {
      byte[] bytes = new byte[1 + random.nextInt(41)];
      random.nextBytes(bytes);
      bytes[0] = 0x67;
      try {
        SequenceParameterSet sps = SequenceParameterSet.parse(ByteBuffer.wrap(bytes));
        assertThat(sps.width()).isBetween(1, 16384);
        assertThat(sps.height()).isBetween(1, 32768);
      } catch (InvalidParameterSetException e) {
        assertThat(e).hasMessageMatching(".+");
      }
    }
  }
}
