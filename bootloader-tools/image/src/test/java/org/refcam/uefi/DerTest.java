// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DerTest {
  @Test
  void values_haveTheirLength() throws IOException {
    assertThat(Der.requireLength(hex("0500"))).isEqualTo(2);
    assertThat(Der.requireLength(hex("3000"))).isEqualTo(2);
    assertThat(Der.requireLength(hex("300530030201050000"))).isEqualTo(7);
    assertThat(Der.requireLength(hex("3081020500" + "00".repeat(7)))).isEqualTo(5);
  }

  @Test
  void shapesThatDerDoesNotHave_areRefused() {
    for (String bad :
        new String[] {
          "",
          "30",
          "3001",
          "30800000",
          "1f0100",
          "3084000000010500",
          "300305000500",
          "30030204ff",
          "0500050000",
          "0500" + "00".repeat(8),
          "3003020205"
        }) {
      assertThatThrownBy(() -> Der.requireLength(hex(bad))).as(bad).isInstanceOf(IOException.class);
    }
  }

  @Test
  void deep_isRefused_withoutRecursion() {
    StringBuilder deep = new StringBuilder("0500");
    for (int i = 0; i < Der.DEPTH_MAX + 1; i++) {
      deep.insert(0, String.format("30%02x", deep.length() / 2));
    }
    assertThatThrownBy(() -> Der.requireLength(hex(deep.toString())))
        .hasMessageContaining("deeper");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
