// SPDX-License-Identifier: Apache-2.0
package org.refcam.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

class AccessUnitsTest {
  @ParameterizedTest
  @CsvSource({
    "00000001 6588, 6588",
    "000001 6588, 6588",
    "00000001 6742 00000001 68CE 000001 65, '6742,68CE,65'",
    "00000001 65880000 000001 4100, '6588,41'", // trailing zeros belong to no NAL unit
    "000001 000001 6588, 6588",
    "000001 6588 000001, 6588",
    "FFFF 000001 6500000301, 6500000301", // bytes before the first start code are none
  })
  void nalUnits_lieBetweenStartCodes(String bytes, String expected) {
    AccessUnit unit = of(bytes);
    assertThat(unit.nalUnits().stream().map(AccessUnitsTest::hex).toList())
        .isEqualTo(List.of(expected.split(",")));
  }

  @Test
  void idr_isSeenByItsSlice() {
    assertThat(of("000001 6742 000001 65").idr()).isTrue();
    assertThat(of("000001 6742 000001 41").idr()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "000001", "00000001", "FFFFFFFF", "000002"})
  void bytesWithoutANalUnit_areRefused(String bytes) {
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> of(bytes));
  }

  @Test
  void tooManyNalUnits_areRefused() {
    assertThat(of("00000141".repeat(256)).nalUnits()).hasSize(256);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> of("00000141".repeat(257)));
  }

  /** Bytes from 0 to 3, so that start codes are everywhere: no NAL unit contains one. */
  @Test
  void anyBytes_areCutSo_thatNoStartCodeIsInside() {
    Random random = new Random(1);
    for (int attempt = 0; attempt < 1000; attempt++) {
      byte[] bytes = new byte[random.nextInt(65)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) random.nextInt(4);
      }
      assertNoStartCodeInside(bytes);
    }
  }

  private static void assertNoStartCodeInside(byte[] bytes) {
    AccessUnit unit;
    try {
      unit = AccessUnits.of(bytes, new MediaTime(0), 0);
    } catch (IllegalArgumentException e) {
      return;
    }
    for (ByteBuffer nalUnit : unit.nalUnits()) {
      assertThat(hex(nalUnit).replaceAll("(..)", "$1 ")).doesNotContain("00 00 01");
      assertThat(nalUnit.get(nalUnit.limit() - 1)).isNotZero();
    }
  }

  private static AccessUnit of(String hex) {
    return AccessUnits.of(HexFormat.of().parseHex(hex.replace(" ", "")), new MediaTime(0), 0);
  }

  private static String hex(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
