// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.MovableClock;
import org.refcam.access.Sessions.Session;

class SessionsTest {
  private final MovableClock clock = new MovableClock();
  private final Sessions sessions = new Sessions(clock, new SecureRandom());

  @Test
  @DisplayName("INV-ACCESS-5 a session ends by idle time, by absolute time and by revocation")
  void session_ends() {
    sessions.limits(new Sessions.Limits(Duration.ofMinutes(30), Duration.ofHours(2)));
    Session idle = open("lan");
    clock.pass(Duration.ofMinutes(29));
    assertThat(sessions.find(idle.token())).contains(idle);
    clock.pass(Duration.ofMinutes(31));
    assertThat(sessions.find(idle.token())).isEmpty();

    Session used = open("lan");
    for (int i = 0; i < 6; i++) {
      clock.pass(Duration.ofMinutes(20));
      assertThat(sessions.find(used.token())).isPresent();
    }
    clock.pass(Duration.ofMinutes(1));
    assertThat(sessions.find(used.token())).isEmpty();

    Session one = open("lan");
    Session two = open("lan");
    Session other = open("minh");
    sessions.revokeOthers("lan", two.token());
    assertThat(sessions.find(one.token())).isEmpty();
    assertThat(sessions.find(two.token())).isPresent();
    assertThat(sessions.revokeAll("lan")).isEqualTo(1);
    assertThat(sessions.find(two.token())).isEmpty();
    assertThat(sessions.find(other.token())).isPresent();
  }

  @Test
  void list_namesSessions_withoutWhatOpensThem() {
    Session lan = open("lan");
    clock.pass(Duration.ofMinutes(1));
    Session minh = open("minh");
    List<Sessions.Listed> listed = sessions.list();
    assertThat(listed).extracting(Sessions.Listed::username).containsExactly("minh", "lan");
    assertThat(listed.toString())
        .doesNotContain(lan.token(), lan.csrfToken(), minh.token(), minh.csrfToken());
    String id = sessions.idOf(lan.token()).orElseThrow();
    assertThat(sessions.find(id)).isEmpty();
    assertThat(sessions.revokeById(id, "minh"::equals)).as("not minh's").isFalse();
    assertThat(sessions.revokeById(id, "lan"::equals)).isTrue();
    assertThat(sessions.find(lan.token())).isEmpty();
  }

  @Test
  void manySessions_ofOneAccount_pushOutItsOwnOldest() {
    Session minh = open("minh");
    Session first = open("lan");
    for (int i = 0; i < Sessions.MOST_OF_ONE; i++) {
      open("lan");
    }
    assertThat(sessions.find(first.token())).isEmpty();
    assertThat(sessions.find(minh.token())).isPresent();
    assertThat(sessions.list()).hasSize(Sessions.MOST_OF_ONE + 1);
  }

  @Test
  void limits_outOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sessions.Limits(Duration.ofMinutes(4), Duration.ofHours(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sessions.Limits(Duration.ofMinutes(5), Duration.ofDays(31)));
  }

  private Session open(String name) {
    Account account = new Account(name, Role.VIEWER, "", false, false, 0, List.of());
    return sessions.create(account, "192.0.2.1");
  }
}
