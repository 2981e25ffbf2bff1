// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CpioSumTest {
  @Test
  void anyStretch_isTheSumOfItsBytes() {
    Random random = new Random(1);
    byte[] bytes = new byte[5000];
    random.nextBytes(bytes);
    for (int i = 0; i < 2000; i++) {
      int offset = random.nextInt(bytes.length);
      int length = random.nextInt(bytes.length - offset + 1);
      long sum = 0;
      for (int at = offset; at < offset + length; at++) {
        sum += bytes[at] & 0xFF;
      }
      assertThat(CpioSum.of(bytes, offset, length)).isEqualTo(sum);
    }
  }

  @Test
  void largestBytes_fillNoLane() {
    byte[] bytes = new byte[70_003];
    Arrays.fill(bytes, (byte) 0xFF);
    assertThat(CpioSum.of(bytes, 0, bytes.length)).isEqualTo(255L * bytes.length);
  }
}
