// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

class PreRollTest {
  private final PreRoll preRoll = new PreRoll();

  @Test
  void drain_beginsWithTheIdrThatCoversTheLength() {
    for (int n = 0; n < 100; n++) {
      preRoll.add(Units.unit(n, 20), Duration.ofSeconds(5));
    }
    List<AccessUnit> kept = preRoll.drain();
    assertThat(kept.get(0).idr()).isTrue();
    // the last is 99 at 9.9 s; 5 s before is picture 49; its IDR is 40
    assertThat(kept).extracting(AccessUnit::sequence).startsWith(40L).endsWith(99L).hasSize(60);
    assertThat(preRoll.drain()).isEmpty();
  }

  @Test
  void length0_keepsTheGroupUnderWay() {
    for (int n = 0; n < 55; n++) {
      preRoll.add(Units.unit(n, 20), Duration.ZERO);
    }
    assertThat(preRoll.drain()).extracting(AccessUnit::sequence).startsWith(40L).hasSize(15);
  }

  @Test
  void beforeTheFirstIdr_nothingIsKept() {
    preRoll.add(Units.unit(3, 20), Duration.ofSeconds(5));
    assertThat(preRoll.drain()).isEmpty();
  }

  @Test
  void bytes_areBounded_groupAfterGroup_andAnEndlessGroupIsGivenUp() {
    long n = 0;
    for (int group = 0; group < 10; group++) {
      for (int i = 0; i < 5; i++) {
        preRoll.add(large(n++, i == 0), Duration.ofSeconds(30));
      }
    }
    List<AccessUnit> kept = preRoll.drain();
    assertThat(kept.stream().mapToLong(AccessUnit::size).sum())
        .isLessThanOrEqualTo(PreRoll.MOST_BYTES);
    assertThat(kept.get(0).idr()).isTrue();
    for (int i = 0; i < 20; i++) {
      preRoll.add(large(n++, i == 0), Duration.ofSeconds(30));
    }
    assertThat(preRoll.drain()).isEmpty();
  }

  private static AccessUnit large(long n, boolean idr) {
    return new AccessUnit(
        new byte[1 << 20], new int[] {4}, new int[] {9}, new MediaTime(n * 1_000_000), n, idr);
  }
}
