// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EraseConfirmationsTest {
  private long now;
  private final EraseConfirmations confirmations =
      new EraseConfirmations(new SecureRandom(), () -> now);

  @Test
  @DisplayName("INV-ERASE-6 a proof of the password serves its own session, once, for two minutes")
  void take_onlyTheSessionsOwn_onceAndFresh() {
    String token = confirmations.issue("mine");
    assertThat(confirmations.take("another", token)).isFalse();
    assertThat(confirmations.take("mine", token)).isTrue();
    assertThat(confirmations.take("mine", token)).isFalse();

    String late = confirmations.issue("mine");
    now += EraseConfirmations.LIFE.toNanos() + 1;
    assertThat(confirmations.take("mine", late)).isFalse();
  }

  @Test
  void take_wrongGuess_usesTheProofUp() {
    String token = confirmations.issue("mine");
    assertThat(confirmations.take("mine", "guess")).isFalse();
    assertThat(confirmations.take("mine", token)).isFalse();
  }

  @Test
  void issue_again_replacesTheEarlier() {
    String first = confirmations.issue("mine");
    String second = confirmations.issue("mine");
    assertThat(first).isNotEqualTo(second);
    assertThat(confirmations.take("mine", first)).isFalse();
  }
}
