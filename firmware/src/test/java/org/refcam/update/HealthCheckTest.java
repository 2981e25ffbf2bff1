// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.update.HealthCheck.Probe;

class HealthCheckTest {
  private int pauses;

  private HealthCheck check(Probe... probes) {
    return new HealthCheck(List.of(probes), Duration.ofSeconds(10), time -> pauses++);
  }

  @Test
  void run_worksAfterAWhile_passes() throws Exception {
    int[] asked = new int[1];
    assertThat(check(new Probe("capture", () -> ++asked[0] > 5)).run()).isEmpty();
    assertThat(pauses).isEqualTo(5);
  }

  @Test
  @DisplayName("INV-UPD-6: what never works, or throws, is named when the deadline is over")
  void run_neverWorks_namesTheProbe() throws Exception {
    Probe fine = new Probe("tls", () -> true);
    Probe throwing =
        new Probe(
            "keys",
            () -> {
              throw new java.io.IOException("gone");
            });
    assertThat(check(fine, throwing).run()).contains("keys");
    assertThat(check(new Probe("capture", () -> false)).run()).contains("capture");
    assertThat(pauses).isBetween(20, 40);
  }

  @Test
  void restart_urgentAtOnce_othersInQuietHours_ownerWithinBounds() {
    ZoneId zone = ZoneOffset.ofHours(7);
    Instant noon = Instant.parse("2026-11-25T05:00:00Z");
    Instant night = Instant.parse("2026-11-25T20:00:00Z");
    UpdateRecord plain = armed(Optional.empty(), noon);
    UpdateRecord urgent = armed(Optional.of("critical"), noon);
    assertThat(RestartRule.isDue(plain, noon, zone)).isFalse();
    assertThat(RestartRule.isDue(plain, night, zone)).isTrue();
    assertThat(RestartRule.isDue(urgent, noon, zone)).isTrue();
    assertThat(RestartRule.isDue(UpdateRecord.EMPTY, night, zone)).isFalse();
    Instant until = RestartRule.postponed(urgent, noon, Duration.ofDays(30));
    assertThat(until).isEqualTo(noon.plus(RestartRule.POSTPONE_SECURITY_MAX));
    assertThat(RestartRule.isDue(urgent.postponed(until), night, zone)).isFalse();
    assertThat(RestartRule.isDue(urgent.postponed(until), until, zone)).isTrue();
    assertThat(RestartRule.postponed(plain, noon, Duration.ofDays(30)))
        .isEqualTo(noon.plus(RestartRule.POSTPONE_MAX));
  }

  private static UpdateRecord armed(Optional<String> severity, Instant found) {
    UpdateRecord.Candidate candidate =
        new UpdateRecord.Candidate(
            "00",
            1,
            Optional.empty(),
            "2",
            1,
            Optional.of(SlotName.A),
            severity,
            Optional.empty(),
            Map.of());
    return UpdateRecord.EMPTY.found(candidate, found).at(UpdateRecord.Phase.ARMED, candidate);
  }
}
