// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.disk.Partition;
import org.refcam.uefi.LoadOption;
import org.refcam.update.SlotName;
import org.refcam.update.UBootEnvironment;
import org.refcam.update.UBootSlots;
import org.refcam.update.UefiSlots;

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
  void uefi_wayToASlot_isThePartitionsOwn() throws Exception {
    Path disk = Files.createDirectories(state.resolve("dev/disk"));
    Path byLabel = Files.createDirectory(disk.resolve("by-partlabel"));
    Path byGuid = Files.createDirectory(disk.resolve("by-partuuid"));
    Path sys = Files.createDirectory(state.resolve("sys"));
    for (int number = 1; number <= 2; number++) {
      Path device = Files.createFile(state.resolve("dev/vda" + number));
      Files.createSymbolicLink(byLabel.resolve(number == 1 ? "boot_a" : "boot_b"), device);
      Files.createSymbolicLink(byGuid.resolve(new UUID(5, number).toString()), device);
      Path facts = Files.createDirectory(sys.resolve("vda" + number));
      Files.writeString(facts.resolve("partition"), number + "\n");
      Files.writeString(facts.resolve("start"), number * 2048 + "\n");
      Files.writeString(facts.resolve("size"), "131072\n");
    }
    assertThat(new PartitionFacts(byLabel, sys).option("boot_b", "x"))
        .isEqualTo(
            new LoadOption(
                "x",
                2,
                new Partition("boot_b", Partition.EFI_SYSTEM, new UUID(5, 2), 4096, 131072),
                "\\EFI\\BOOT\\BOOTAA64.EFI"));
    assertThatThrownBy(() -> new PartitionFacts(byLabel, sys).option("boot_c", ""))
        .isInstanceOf(IOException.class);
    Files.writeString(sys.resolve("vda1/start"), "none");
    assertThatThrownBy(() -> new PartitionFacts(byLabel, sys).option("boot_a", ""))
        .isInstanceOf(IOException.class);
    UefiSlots slots = BoardSlots.uefi(state, byLabel, sys, SlotName.A, 7);
    assertThat(slots.state().next()).contains(SlotName.A);
    assertThat(slots.securityVersion(SlotName.A)).isEqualTo(7);
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
