// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Bech32Test {
  /** The identity of age's own test vectors (C2SP CCTV/age). */
  private static final String IDENTITY =
      "AGE-SECRET-KEY-1XMWWC06LY3EE5RYTXM9MFLAZ2U56JJJ36S0MYPDRWSVLUL66MV4QX3S7F6";

  @Test
  void vector_ofAge_isRead_andWrittenTheSame() {
    byte[] secret = Bech32.decode(Age.SECRET_PREFIX, IDENTITY);
    assertThat(secret).hasSize(32);
    assertThat(Bech32.encode(Age.SECRET_PREFIX, secret).toUpperCase(java.util.Locale.ROOT))
        .isEqualTo(IDENTITY);
  }

  @Test
  void anyBytes_comeBack_andOneWrongLetterIsNoticed() {
    Random random = new Random(7);
    for (int attempt = 0; attempt < 500; attempt++) {
      byte[] data = new byte[random.nextInt(40)];
      random.nextBytes(data);
      String text = Bech32.encode("x-", data);
      assertThat(Bech32.decode("x-", text)).isEqualTo(data);
      int at = 3 + random.nextInt(text.length() - 3);
      char other = text.charAt(at) == 'q' ? 'p' : 'q';
      String wrong = text.substring(0, at) + other + text.substring(at + 1);
      assertThatIllegalArgumentException().isThrownBy(() -> Bech32.decode("x-", wrong));
    }
  }

  @Test
  void otherPrefix_mixedCase_andShortTexts_areRefused() {
    for (String text :
        Arrays.asList(
            "", "1", "age1", "age1qqqqqq", IDENTITY.replace("AGE", "age"), "y-1qqqqqqq")) {
      assertThatIllegalArgumentException()
          .as(text)
          .isThrownBy(() -> Bech32.decode(Age.SECRET_PREFIX, text));
    }
  }
}
