// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.refcam.crypto.AeadAlgorithm;

class VaultWarmUpTest {
  @Test
  void run_sealsWithEachCipher_andNoLongerThanAsked() {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      assertThat(VaultWarmUp.run(algorithm, new SecureRandom(), Duration.ofMillis(300)))
          .isPositive();
      assertThat(VaultWarmUp.run(algorithm, new SecureRandom(), Duration.ZERO)).isZero();
    }
  }
}
