// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.refcam.storage.BlockDevices;
import org.refcam.update.EnvironmentFiles.Place;

/** The boot scripts of the boards choose and count as {@link SlotState} says. */
class UBootTest {
  private static final int FLAGS = 7;

  @TempDir Path state;

  private static Path lockedEnv(String board) {
    return Path.of("../bootloader-tools/uboot").resolve(board).resolve("locked.env");
  }

  private void write(SlotState slots) throws Exception {
    Map<String, String> variables = new TreeMap<>(SlotVariables.of(slots));
    variables.values().removeIf(String::isEmpty);
    variables.put("REFCAM_A_SECURITY", "3");
    Files.write(state.resolve(UBoot.COPIES.get(0)), UBoot.encode(variables, FLAGS));
    Files.write(state.resolve(UBoot.COPIES.get(1)), new byte[UBoot.ENVIRONMENT_BYTES]);
  }

  private EnvironmentStore camera() {
    return new EnvironmentStore(
        new EnvironmentFiles(
            new Place(state.resolve(UBoot.COPIES.get(0)), 0, UBoot.ENVIRONMENT_BYTES),
            new Place(state.resolve(UBoot.COPIES.get(1)), 0, UBoot.ENVIRONMENT_BYTES),
            BlockDevices.real()));
  }

  private static List<SlotState> everyState() {
    List<SlotState> states = new ArrayList<>();
    for (List<SlotName> order :
        List.of(
            List.of(SlotName.A),
            List.of(SlotName.B),
            List.of(SlotName.A, SlotName.B),
            List.of(SlotName.B, SlotName.A))) {
      for (int a = -1; a <= Slots.ATTEMPTS; a++) {
        for (int b = -1; b <= Slots.ATTEMPTS; b++) {
          Map<SlotName, Integer> left = new TreeMap<>(Map.of(SlotName.A, a, SlotName.B, b));
          left.values().removeIf(count -> count < 0);
          states.add(new SlotState(order, left));
        }
      }
    }
    return states;
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu-arm64", "raspberry-pi-4b", "raspberry-pi-zero-2-w"})
  void lockedEnv_everyState_choosesAndCountsAsTheRule(String board) throws Exception {
    for (SlotState slots : everyState()) {
      write(slots);
      List<String> asked = new ArrayList<>();
      UBoot loader =
          new UBoot(state, BlockDevices.real(), lockedEnv(board), name -> asked.add(name));
      Optional<SlotName> next = slots.next();
      if (next.isEmpty()) {
        assertThatThrownBy(loader::boot).as("%s", slots).isInstanceOf(IllegalStateException.class);
        continue;
      }
      assertThat(loader.boot()).as("%s", slots).isEqualTo(next.get());
      assertThat(asked).containsExactly(next.get() == SlotName.A ? "boot_a" : "boot_b");
      Map<String, String> kept = camera().read();
      assertThat(SlotVariables.of(kept)).as("%s", slots).isEqualTo(slots.booted());
      assertThat(kept).containsEntry("REFCAM_A_SECURITY", "3");
    }
  }

  @Test
  void refusedImage_nextSlotIsTried() throws Exception {
    write(new SlotState(List.of(SlotName.B, SlotName.A), Map.of(SlotName.B, 2)));
    UBoot loader = new UBoot(state, BlockDevices.real(), lockedEnv("qemu-arm64"), "boot_a"::equals);
    assertThat(loader.boot()).isEqualTo(SlotName.A);
    assertThat(SlotVariables.of(camera().read()).left()).isEqualTo(Map.of(SlotName.B, 1));
  }

  @Test
  void builtinVariables_storedOnes_onlyTheListedAreBelieved() throws Exception {
    byte[] forged = UBoot.encode(Map.of("BOOT_ORDER", "B", "bootcmd", "bootm 0x0#conf-a"), FLAGS);
    for (String copy : UBoot.COPIES) {
      Files.write(state.resolve(copy), forged);
    }
    UBoot loader = new UBoot(state, BlockDevices.real(), lockedEnv("qemu-arm64"), name -> true);
    assertThat(loader.boot()).isEqualTo(SlotName.B);
  }

  @Test
  void script_unknownWord_isNoScript() {
    for (String bad :
        List.of("fi", "if test a = a; fi", "for s in A; done", "if test a = a; then")) {
      assertThatThrownBy(() -> HushScript.run(bad, new TreeMap<>(), words -> true))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
