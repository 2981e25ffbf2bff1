// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.image.BundleLimits;
import org.refcam.image.Keyring;
import org.refcam.storage.BlockDevices;
import org.refcam.storage.Storage;
import org.refcam.uefi.EfiVariable;

/** Slots by UEFI's variables, and the files in which the kernel shows them. */
class UefiSlotsTest {
  @TempDir Path folder;

  private final Set<String> broken = new HashSet<>();
  private Uefi.Memory memory;

  @BeforeEach
  void deliver() throws IOException {
    for (Map.Entry<String, byte[]> variable : Uefi.delivered().entrySet()) {
      Files.write(folder.resolve(variable.getKey()), variable.getValue());
    }
    for (String device : List.of("a", "b")) {
      Files.write(folder.resolve(device), new byte[320 << 10]);
    }
    memory = new Uefi.Memory(folder, Storage.disk());
  }

  private UefiSlots slots(SlotName running) {
    return slots(memory, running);
  }

  private UefiSlots slots(EfiVariables variables, SlotName running) {
    Partitions partitions =
        new Partitions(
            Map.of(
                SlotName.A,
                Map.of("rootfs", folder.resolve("a")),
                SlotName.B,
                Map.of("rootfs", folder.resolve("b"))),
            BlockDevices.real());
    return new UefiSlots(variables, Uefi::way, partitions, running, 2);
  }

  private SlotName boot() throws IOException {
    return new Uefi(memory, partition -> !broken.contains(partition)).boot();
  }

  private void arm(UefiSlots slots) throws Exception {
    Bundles maker = Bundles.create();
    Path file =
        Files.write(folder.resolve("x.swu"), maker.bundle("0.2.0", 4, Machine.image("0.2.0")));
    slots.arm(
        new Installer(slots, BundleLimits.DEFAULT, "generic", "1.0", "0.1.0")
            .install(file, Keyring.parse(maker.pem()), 0, Bundles.NOW, slots.inactive()));
  }

  @Test
  void delivered_slotAConfirmed() throws Exception {
    assertThat(boot()).isEqualTo(SlotName.A);
    assertThat(slots(SlotName.A).state()).isEqualTo(new SlotState(List.of(SlotName.A), Map.of()));
  }

  @Test
  void trial_threeStartsEachFollowedByTheConfirmed_thenGivenUp() throws Exception {
    arm(slots(SlotName.A));
    assertThat(memory.changes).containsExactly("Boot000B", "BootNext");
    for (int left = Slots.ATTEMPTS; left > 0; left--) {
      assertThat(slots(SlotName.A).state().left()).isEqualTo(Map.of(SlotName.B, left));
      assertThat(boot()).isEqualTo(SlotName.B);
      assertThat(slots(SlotName.B).state().onTrial(SlotName.B)).isTrue();
      assertThat(boot()).as("it hung").isEqualTo(SlotName.A);
      slots(SlotName.A).tryAgain(SlotName.B);
      slots(SlotName.A).tryAgain(SlotName.B); // the camera alone was started again
    }
    assertThat(slots(SlotName.A).state().left()).isEqualTo(Map.of(SlotName.B, 0));
    assertThat(slots(SlotName.A).state().next()).contains(SlotName.A);
    slots(SlotName.A).retire(SlotName.B);
    assertThat(slots(SlotName.A).state()).isEqualTo(new SlotState(List.of(SlotName.A), Map.of()));
    assertThat(boot()).isEqualTo(SlotName.A);
  }

  @Test
  void trialThatFirmwareRefuses_confirmedInTheSameStart() throws Exception {
    arm(slots(SlotName.A));
    broken.add("boot_b");
    assertThat(boot()).isEqualTo(SlotName.A);
    assertThat(slots(SlotName.A).state().left()).isEqualTo(Map.of(SlotName.B, 2));
  }

  @Test
  void confirm_orderFirstThenTheEntry_andTheOtherIsKept() throws Exception {
    arm(slots(SlotName.A));
    assertThat(boot()).isEqualTo(SlotName.B);
    memory.changes.clear();
    slots(SlotName.B).confirm();
    assertThat(memory.changes).containsExactly("BootOrder", "Boot000B");
    assertThat(slots(SlotName.B).state())
        .isEqualTo(new SlotState(List.of(SlotName.B, SlotName.A), Map.of()));
    assertThat(slots(SlotName.A).securityVersion(SlotName.B)).isEqualTo(4);
    assertThat(slots(SlotName.B).securityVersion(SlotName.B)).as("of the root").isEqualTo(2);
    slots(SlotName.B).retire(SlotName.A);
    assertThat(slots(SlotName.B).state().order()).containsExactly(SlotName.B);
  }

  @Test
  void entriesOfOthers_stayBehindOurs() throws Exception {
    memory.write("BootOrder", new byte[] {3, 0, 0x0A, 0, 0, 0x10});
    arm(slots(SlotName.A));
    boot();
    slots(SlotName.B).confirm();
    assertThat(memory.read("BootOrder")).contains(new byte[] {0x0B, 0, 0x0A, 0, 3, 0, 0, 0x10});
  }

  @Test
  void firmwareLostItsMemory_whatRunsIsConfirmed_andTheNextUpdateWritesAllAgain() throws Exception {
    for (String name : List.of("BootOrder", "Boot000A", "Boot000B")) {
      memory.delete(name);
    }
    assertThat(slots(SlotName.A).state()).isEqualTo(new SlotState(List.of(SlotName.A), Map.of()));
    arm(slots(SlotName.A));
    assertThat(boot()).isEqualTo(SlotName.B);
    assertThat(slots(SlotName.B).state().onTrial(SlotName.B)).isTrue();
    assertThat(boot()).isEqualTo(SlotName.A);
  }

  @Test
  void anyValues_stateOrNoneOfThem() throws Exception {
    Random random = new Random(6);
    for (int i = 0; i < 3000; i++) {
      for (String name : List.of("BootOrder", "BootNext", "Boot000A", "Boot000B")) {
        byte[] value = new byte[random.nextInt(60)];
        random.nextBytes(value);
        if (random.nextBoolean() && value.length > 1) { // numbers that mean slots, letters
          for (int at = 0; at + 1 < value.length; at += 2) {
            value[at] = (byte) (random.nextBoolean() ? 0x0A + random.nextInt(2) : 'a');
            value[at + 1] = 0;
          }
        }
        Files.write(folder.resolve(name), value);
      }
      SlotName running = random.nextBoolean() ? SlotName.A : SlotName.B;
      SlotState state = slots(running).state();
      assertThat(state.proven()).as("%s", state).isPresent();
    }
  }

  @Test
  void files_asEfivarfsHasThem() throws Exception {
    EfiVariableFiles files = new EfiVariableFiles(folder);
    Path order = folder.resolve("BootOrder-" + EfiVariable.GLOBAL);
    assertThat(files.read("BootOrder")).isEmpty();
    files.write("BootOrder", new byte[] {0x0A, 0, 0x0B, 0});
    assertThat(Files.readAllBytes(order)).isEqualTo(new byte[] {7, 0, 0, 0, 0x0A, 0, 0x0B, 0});
    files.write("BootOrder", new byte[] {0x0B, 0});
    assertThat(files.read("BootOrder")).contains(new byte[] {0x0B, 0});
    for (int length = 0; length <= 4; length++) {
      Files.write(order, new byte[length]);
      assertThat(files.read("BootOrder")).isEmpty();
    }
    Files.write(order, new byte[5000]);
    assertThatThrownBy(() -> files.read("BootOrder")).isInstanceOf(IOException.class);
    files.delete("BootOrder");
    files.delete("BootOrder");
    assertThat(order).doesNotExist();
    assertThatThrownBy(() -> files.write("BootNext", new byte[5000]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void slotsInFiles_armed_asFirmwareReadsThem() throws Exception {
    EfiVariableFiles files = new EfiVariableFiles(folder);
    for (Map.Entry<String, byte[]> variable : Uefi.delivered().entrySet()) {
      files.write(variable.getKey(), variable.getValue());
    }
    arm(slots(files, SlotName.A));
    assertThat(new Uefi(files, partition -> true).boot()).isEqualTo(SlotName.B);
    slots(files, SlotName.B).confirm();
    assertThat(new Uefi(files, partition -> true).boot()).isEqualTo(SlotName.B);
  }
}
