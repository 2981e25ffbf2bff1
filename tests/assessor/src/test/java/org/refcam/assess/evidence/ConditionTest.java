// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private static boolean holds(String text) throws Exception {
    return new Condition(text).holds(Samples.facts());
  }

  @Test
  void conditions_onWhatIsThere_areDecided() throws Exception {
    assertThat(holds("interfaces/rtsp-plain/state = off")).isTrue();
    assertThat(holds("interfaces/rtsp-plain/state = on")).isFalse();
    assertThat(holds("interfaces/rtsp-plain/state != on")).isTrue();
    assertThat(holds("interfaces/https/port >= 8443")).isTrue();
    assertThat(holds("interfaces/https/port >= 8444")).isFalse();
    assertThat(holds("interfaces/https/port <= 8443")).isTrue();
    assertThat(holds("interfaces/https/protocols has TLSv1.3")).isTrue();
    assertThat(holds("interfaces/https/protocols has SSLv3")).isFalse();
    assertThat(holds("calls/PUT audit/settings/beforeSetUp = false")).isTrue();
    assertThat(holds("rows interfaces = 3")).isTrue();
  }

  @Test
  void conditions_onWhatIsMissing_neverHold() throws Exception {
    for (String text :
        List.of(
            "nothing/here/x = 1",
            "nothing/here/x != 1",
            "interfaces/https/missing >= 0",
            "interfaces/https/protocols >= 0",
            "rows nothing = 0")) {
      assertThat(holds(text)).as(text).isFalse();
    }
  }

  @Test
  void otherTexts_areRefused() {
    for (String text : List.of("", "a/b = c", "interfaces/https/port ~ 1", "rows x > 1")) {
      assertThatThrownBy(() -> new Condition(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
