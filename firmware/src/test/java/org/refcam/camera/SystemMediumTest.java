// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SystemMediumTest {
  private static final String HEADING = "Filename\tType\tSize\tUsed\tPriority";

  @Test
  void swap_onAMediumCounts_inMemoryDoesNot() {
    assertThat(SystemMedium.swap(List.of(HEADING))).isFalse();
    assertThat(SystemMedium.swap(List.of(HEADING, "/dev/zram0 partition 100 0 100"))).isFalse();
    assertThat(SystemMedium.swap(List.of(HEADING, "/var/swap file 100 0 -2"))).isTrue();
  }
}
