// SPDX-License-Identifier: Apache-2.0
package org.refcam.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @Test
  void serving_isTold_andLivingAgainAndAgain() throws Exception {
    try (Watchdog watchdog = new Watchdog(heard::add, List.of(() -> true, () -> true))) {
      watchdog.serving(Optional.of(Duration.ofMillis(40)));
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("READY=1");
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("WATCHDOG=1");
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("WATCHDOG=1");
    }
  }

  @Test
  void noPatience_isToldOnce() {
    try (Watchdog watchdog = new Watchdog(heard::add, List.of(() -> true))) {
      watchdog.serving(Optional.empty());
      assertThat(heard).containsExactly("READY=1");
    }
  }

  @Test
  @DisplayName("INV-HEALTH-2 a sign that is missing or fails is not passed over")
  void missingSign_isSilence() {
    Watchdog.Sign broken =
        () -> {
          throw new IOException("no door");
        };
    for (List<Watchdog.Sign> signs :
        List.<List<Watchdog.Sign>>of(
            List.of(() -> false, () -> true), List.of(() -> true, broken))) {
      try (Watchdog watchdog = new Watchdog(heard::add, signs)) {
        watchdog.look();
        assertThat(heard).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("INV-HEALTH-2 nobody says that it lives for a sign that does not return")
  void hangingSign_isSilence() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Watchdog.Sign sign =
        () -> {
          hangs.countDown();
          never.await();
          return true;
        };
    try (Watchdog watchdog = new Watchdog(heard::add, List.of(sign))) {
      watchdog.serving(Optional.of(Duration.ofMillis(40)));
      assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(heard).containsExactly("READY=1");
    }
  }

  @Test
  void deafManager_endsNothing() {
    Watchdog.Manager deaf =
        state -> {
          throw new IOException("nobody there");
        };
    try (Watchdog watchdog = new Watchdog(deaf, List.of(() -> true))) {
      watchdog.serving(Optional.empty());
      watchdog.look();
    }
  }

  @Test
  void patience_isOfThisProcess() {
    assertThat(Watchdog.patience(Map.of("WATCHDOG_USEC", "180000000"), 7))
        .contains(Duration.ofMinutes(3));
    assertThat(Watchdog.patience(Map.of("WATCHDOG_USEC", "1000", "WATCHDOG_PID", "7"), 7))
        .contains(Duration.ofMillis(1));
    assertThat(Watchdog.patience(Map.of("WATCHDOG_USEC", "1000", "WATCHDOG_PID", "8"), 7))
        .isEmpty();
    assertThat(Watchdog.patience(Map.of(), 7)).isEmpty();
    assertThat(Watchdog.patience(Map.of("WATCHDOG_USEC", "soon"), 7)).isEmpty();
    assertThat(Watchdog.patience(Map.of("WATCHDOG_USEC", "-5"), 7)).isEmpty();
  }
}
