// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class Argon2CostTest {
  private static final long LARGE_HEAP = 4L << 30;
  private long now;

  @Test
  void slowBoard_staysAtTheFloor() {
    assertThat(measure(LARGE_HEAP, 5_000_000_000L)).isEqualTo(Argon2Cost.FLOOR);
    assertThat(measure(64L << 20, 5_000_000_000L)).isEqualTo(Argon2Cost.FLOOR);
  }

  @Test
  void fasterBoard_takesMemoryFirst_thenPasses_upToTheCeiling() {
    Argon2Cost twice = measure(LARGE_HEAP, Argon2Cost.TARGET_NANOS / 2);
    assertThat(twice.kibibytes()).isEqualTo(2 * Argon2Cost.FLOOR.kibibytes());
    assertThat(twice.passes()).isEqualTo(Argon2Cost.FLOOR.passes());
    Argon2Cost smallHeap = measure(96L << 20, Argon2Cost.TARGET_NANOS / 4);
    assertThat(smallHeap.kibibytes()).isEqualTo(24 * 1024);
    assertThat(smallHeap.passes()).isEqualTo(6);
    assertThat(measure(LARGE_HEAP, 1))
        .isEqualTo(new Argon2Cost(Argon2Cost.MOST_KIBIBYTES, Argon2Cost.MOST_PASSES));
  }

  @Test
  void hash_carriesItsCost_andIsCheckedByIt() {
    SecureRandom random = new SecureRandom();
    char[] password = "con meo an ca ngay 7".toCharArray();
    String hash = Argon2id.hash(password, new Argon2Cost(64, 3), random);
    assertThat(hash).startsWith("$argon2id$v=19$m=64,t=3,p=1$");
    assertThat(Argon2id.matches(password, hash)).isTrue();
    assertThat(Argon2id.matches(password, hash.replace("t=3", "t=2"))).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Argon2id.matches(password, hash.replace("m=64", "m=999999")));
    assertThatIllegalArgumentException().isThrownBy(() -> Argon2id.matches(password, hash + "x"));
  }

  private Argon2Cost measure(long heap, long nanosOfTheFloor) {
    return Argon2Cost.measure(heap, () -> now, cost -> now += nanosOfTheFloor);
  }
}
