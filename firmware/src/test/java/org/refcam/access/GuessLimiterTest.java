// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.MovableClock;

class GuessLimiterTest {
  private final MovableClock clock = new MovableClock();
  private final GuessLimiter limiter = new GuessLimiter(GuessLimiter.Settings.defaults(), clock);

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  private void fail(int times, String account, InetAddress peer) {
    for (int i = 0; i < times; i++) {
      limiter.failed(Door.values()[i % Door.values().length], account, peer);
    }
  }

  @Test
  @DisplayName("INV-ACCESS-1 five failures over all doors lock the sixth guess for five minutes")
  void fiveFailures_lockForFiveMinutes() throws Exception {
    InetAddress peer = address("192.0.2.1");
    fail(4, "owner", peer);
    assertThat(limiter.check("owner", peer).allowed()).isTrue();
    fail(1, "owner", peer);
    assertThat(limiter.check("owner", peer).retryAfter()).isEqualTo(Duration.ofMinutes(5));
    assertThat(limiter.check("OWNER", peer).allowed()).isFalse();
    clock.pass(Duration.ofSeconds(299));
    assertThat(limiter.check("owner", peer).allowed()).isFalse();
    clock.pass(Duration.ofSeconds(1));
    assertThat(limiter.check("owner", peer).allowed()).isTrue();
  }

  @Test
  void failures_outsideTheWindow_doNotCount() throws Exception {
    InetAddress peer = address("192.0.2.1");
    fail(4, "owner", peer);
    clock.pass(Duration.ofSeconds(31));
    fail(4, "owner", peer);
    assertThat(limiter.check("owner", peer).allowed()).isTrue();
  }

  @Test
  void success_forgetsFailures() throws Exception {
    InetAddress peer = address("192.0.2.1");
    fail(4, "owner", peer);
    limiter.succeeded(Door.REST, "owner", peer);
    fail(4, "owner", peer);
    assertThat(limiter.check("owner", peer).allowed()).isTrue();
  }

  @Test
  void manyAddresses_lockStrangers_notTheOwnersAddress() throws Exception {
    InetAddress home = address("192.0.2.200");
    limiter.succeeded(Door.WEB, "owner", home);
    for (int i = 1; i <= 50; i++) {
      fail(1, "owner", address("198.51.100." + i));
    }
    assertThat(limiter.check("owner", address("203.0.113.9")).allowed()).isFalse();
    assertThat(limiter.check("owner", home).allowed()).isTrue();
  }

  @Test
  void ipv6_countsBySlash64() throws Exception {
    for (int i = 1; i <= 5; i++) {
      fail(1, "owner", address("2001:db8::" + i));
    }
    assertThat(limiter.check("owner", address("2001:db8::99")).allowed()).isFalse();
    assertThat(limiter.check("owner", address("2001:db8:0:1::99")).allowed()).isTrue();
  }

  @Test
  void oneAddress_manyAccounts_isLocked() throws Exception {
    InetAddress peer = address("192.0.2.1");
    for (int i = 0; i < 50; i++) {
      fail(1, "name" + i, peer);
    }
    assertThat(limiter.check("fresh", peer).allowed()).isFalse();
  }

  @Test
  void settings_changedWhileRunning_hold() throws Exception {
    InetAddress peer = address("192.0.2.1");
    limiter.settings(new GuessLimiter.Settings(2, Duration.ofSeconds(10), Duration.ofSeconds(60)));
    fail(2, "owner", peer);
    assertThat(limiter.check("owner", peer).retryAfter()).isEqualTo(Duration.ofSeconds(60));
  }
}
