// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private static final Survey BEFORE =
      new Survey(
          Map.of(443, "https:443"),
          Map.of("https:443", "aa"),
          Map.of("plain.http", Verdict.PASS, "anon.rtsp", Verdict.FAIL),
          Optional.of(true),
          Map.of("/settings", "{}"));

  @Test
  void worse_same_isEmpty() {
    assertThat(BEFORE.worse(BEFORE)).isEmpty();
  }

  @Test
  void worse_namesEachThing() {
    Survey after =
        new Survey(
            Map.of(443, "http:443", 23, "tcp:23"),
            Map.of("https:443", "bb"),
            Map.of("plain.http", Verdict.FAIL, "anon.rtsp", Verdict.FAIL),
            Optional.of(true),
            Map.of("/settings", "{\"a\":1}"));
    assertThat(BEFORE.worse(after))
        .containsExactlyInAnyOrder(
            "http:443 was https:443",
            "tcp:23 was not open",
            "https:443 shows another key",
            "plain.http fails now",
            "/settings has other settings than before");
    assertThat(after.worse(BEFORE)).contains("tcp:23 is gone");
  }

  @Test
  void worse_accountNotLetIn_saysOnlyThatOfTheInside() {
    Survey locked =
        new Survey(BEFORE.ports(), BEFORE.keys(), BEFORE.verdicts(), Optional.of(false), Map.of());
    assertThat(BEFORE.worse(locked)).containsExactly("the account given is no longer let in");
  }
}
