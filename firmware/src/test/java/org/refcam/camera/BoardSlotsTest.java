// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.update.SlotName;
import org.refcam.update.UBootEnvironment;
import org.refcam.update.UBootSlots;

class BoardSlotsTest {
  @TempDir Path state;

  @Test
  void running_name_thatSlotOrRefused() throws Exception {
    assertThat(BoardSlots.running("A")).isEqualTo(SlotName.A);
    assertThat(BoardSlots.running("B")).isEqualTo(SlotName.B);
    for (String other : new String[] {"", "a", "BUILTIN", "A B"}) {
      assertThatThrownBy(() -> BoardSlots.running(other)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void uBoot_cardAsBuilt_slotAConfirmed() throws Exception {
    byte[] fresh =
        new UBootEnvironment(1, Map.of("BOOT_ORDER", "A", "REFCAM_A_SECURITY", "3"))
            .encode(BoardSlots.ENVIRONMENT_BYTES);
    Files.write(state.resolve("uboot.env"), fresh);
    Files.write(state.resolve("uboot-redund.env"), fresh);
    UBootSlots slots = BoardSlots.uBoot(state, state, SlotName.A, 7);
    assertThat(slots.state().next()).contains(SlotName.A);
    assertThat(slots.state().onTrial(SlotName.A)).isFalse();
    assertThat(slots.securityVersion(SlotName.A)).as("of the verified root").isEqualTo(7);
  }
}
