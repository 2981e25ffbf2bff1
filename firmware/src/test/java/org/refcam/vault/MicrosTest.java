// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MicrosTest {
  @Test
  void of_theMicrosecondThatAMomentLiesIn_onEveryJdk() {
    assertThat(Micros.of(Instant.parse("1970-01-01T00:00:01.000002999Z"))).isEqualTo(1_000_002);
    assertThat(Micros.of(Instant.parse("1969-12-31T23:59:59.999999Z"))).isEqualTo(-1);
    Instant far = Instant.parse("9999-01-01T00:00:00Z"); // more nanoseconds than 63 bits count
    assertThat(Micros.instant(Micros.of(far))).isEqualTo(far);
  }

  @Test
  void of_whatTheFormatsCannotKeep_throws() {
    assertThatThrownBy(() -> Micros.of(Instant.MAX)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Micros.of(Instant.MIN)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void nearest_clampsTheEndsOfARange() {
    assertThat(Micros.nearest(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    assertThat(Micros.nearest(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    assertThat(Micros.nearest(Instant.EPOCH)).isZero();
    for (long end : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE}) {
      assertThat(Micros.nearest(Micros.instant(end))).isEqualTo(end);
    }
  }
}
