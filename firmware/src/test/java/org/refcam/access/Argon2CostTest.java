// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class Argon2CostTest {
  private static final long LARGE = 4L << 30;
  private long now;

  @Test
  void slowBoard_staysAtTheFloor() {
    assertThat(measure(LARGE, 5_000_000_000L)).isEqualTo(Argon2Cost.FLOOR);
    assertThat(measure(256L << 20, 5_000_000_000L)).isEqualTo(Argon2Cost.FLOOR);
  }

  @Test
  void fasterBoard_takesMemoryFirst_thenPasses_upToTheCeiling() {
    Argon2Cost twice = measure(LARGE, Argon2Cost.TARGET_NANOS / 2);
    assertThat(twice.kibibytes()).isEqualTo(2 * Argon2Cost.FLOOR.kibibytes());
    assertThat(twice.passes()).isEqualTo(Argon2Cost.FLOOR.passes());
    Argon2Cost small = measure(384L << 20, Argon2Cost.TARGET_NANOS / 4);
    assertThat(small.kibibytes()).isEqualTo(24 * 1024);
    assertThat(small.passes()).isEqualTo(6);
    assertThat(measure(LARGE, 1))
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

  @Test
  void machineMemory_isReadFromTheKernel() {
    assertThat(MachineMemory.bytes()).isGreaterThan(64L << 20);
    assertThat(MachineMemory.bytes("MemFree: 1 kB\nMemTotal:  512 kB\nx")).isEqualTo(512 * 1024);
    assertThat(MachineMemory.bytes("nothing")).isZero();
  }

  /** Against Bouncy Castle's implementation. */
  @Test
  void hash_isWhatAnotherImplementationSays() {
    SecureRandom random = new SecureRandom();
    for (int i = 1; i <= 8; i++) {
      String password = "mật khẩu " + "é".repeat(i * i);
      String hash = Argon2id.hash(password.toCharArray(), new Argon2Cost(64 * i, i), random);
      String[] parts = hash.split("\\$", -1);
      Argon2BytesGenerator other = new Argon2BytesGenerator();
      other.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withMemoryAsKB(64 * i)
              .withIterations(i)
              .withParallelism(1)
              .withSalt(Base64.getDecoder().decode(parts[4]))
              .build());
      byte[] expected = new byte[32];
      other.generateBytes(password.getBytes(StandardCharsets.UTF_8), expected);
      assertThat(Base64.getDecoder().decode(parts[5])).isEqualTo(expected);
    }
  }

  private Argon2Cost measure(long machineBytes, long nanosOfTheFloor) {
    return Argon2Cost.measure(machineBytes, () -> now, cost -> now += nanosOfTheFloor);
  }
}
