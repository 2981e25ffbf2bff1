// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.refcam.update.UpdateException.Reason;

class FixedSlotsTest {
  private final FixedSlots slots = new FixedSlots(SlotName.B, 7);

  @Test
  void whatRuns_isConfirmed_andNothingElseIsThere() {
    assertThat(slots.running()).isEqualTo(SlotName.B);
    assertThat(slots.state().next()).isEqualTo(Optional.of(SlotName.B));
    assertThat(slots.state().proven()).isEqualTo(Optional.of(SlotName.B));
    assertThat(slots.securityVersion(SlotName.B)).isEqualTo(7);
    assertThat(slots.securityVersion(SlotName.A)).isZero();
    slots.confirm();
    assertThat(slots.state().onTrial(SlotName.B)).isFalse();
  }

  @Test
  void update_hasNoSlot_andNothingIsWritten() {
    assertThatThrownBy(slots::inactive)
        .isInstanceOfSatisfying(
            UpdateException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SLOT));
    assertThatThrownBy(() -> slots.clear(SlotName.A)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> slots.retire(SlotName.A)).isInstanceOf(IOException.class);
  }
}
