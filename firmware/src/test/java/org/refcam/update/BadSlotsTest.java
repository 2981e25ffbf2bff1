// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.image.BundleImage;
import org.refcam.storage.BlockDevices;
import org.refcam.storage.Storage;
import org.refcam.update.UpdateException.Reason;
import org.refcam.update.UpdateRecord.Phase;

/** A board whose environment or partitions are not as an update needs them: it serves on. */
class BadSlotsTest {
  private static final String FIRST = Machine.BUILTIN_VERSION;

  @TempDir Path disk;
  private Machine machine;

  @BeforeEach
  void begin() throws Exception {
    BoardLoader.factory(disk, FIRST, Machine.image(FIRST));
    machine =
        new Machine(
            disk, Storage.disk(), Bundles.create(), new BoardLoader(disk, BlockDevices.real()));
  }

  private Path environment(int copy) {
    return disk.resolve("state").resolve(UBoot.COPIES.get(copy));
  }

  private void shorten(int copy) throws Exception {
    Files.write(environment(copy), Arrays.copyOf(Files.readAllBytes(environment(copy)), 100));
  }

  private Path partition(String name) {
    return disk.resolve("dev").resolve(name);
  }

  private static void assertRefused(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UpdateException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void oneCopyShort_theOtherDecides_andTheNextChangeMendsIt() throws Exception {
    for (int copy = 0; copy < 2; copy++) {
      shorten(copy);
      Updates updates = machine.updates(SlotName.A, FIRST);
      assertThat(updates.resume()).isEqualTo(Updates.Start.NORMAL);
      Machine.install(updates, machine.bundle("0.2." + copy, 0));
      assertThat(machine.loader.state().order().get(0)).isEqualTo(SlotName.B);
      assertThat(Files.size(environment(copy))).isEqualTo(UBoot.ENVIRONMENT_BYTES);
      machine.loader.slots(SlotName.A).retire(SlotName.B);
      assertThat(updates.withdraw(updates.record().candidate().orElseThrow().sha256())).isTrue();
    }
  }

  @Test
  void bothCopiesShort_servesAndRefusesWithReason_untilMended() throws Exception {
    byte[] good = Files.readAllBytes(environment(0));
    byte[] inactive = Files.readAllBytes(partition("root_b"));
    shorten(0);
    Files.write(environment(1), new byte[0]);
    Updates updates = machine.updates(SlotName.A, FIRST);
    assertThat(updates.resume()).isEqualTo(Updates.Start.NORMAL);
    assertThat(updates.record().lastProblem()).contains(Reason.NO_SLOT);
    byte[] bundle = machine.bundle("0.2.0", 0);
    assertRefused(
        () -> updates.bring(new ByteArrayInputStream(bundle), received -> {}), Reason.NO_SLOT);
    assertThat(updates.settings().directory().resolve("incoming")).doesNotExist();
    assertThat(Files.readAllBytes(partition("root_b"))).isEqualTo(inactive);
    Files.write(environment(0), good);
    Machine.install(updates, bundle);
    assertThat(machine.loader.state().order()).containsExactly(SlotName.B, SlotName.A);
  }

  @Test
  void bothCopiesShort_armed_waitsAndIsInstalledOnceMended() throws Exception {
    Updates first = machine.updates(SlotName.A, FIRST);
    Machine.install(first, machine.bundle("0.2.0", 0));
    byte[] good = Files.readAllBytes(environment(0));
    shorten(0);
    shorten(1);
    Updates blind = machine.updates(SlotName.A, FIRST);
    assertThat(blind.resume()).isEqualTo(Updates.Start.NORMAL);
    assertThat(blind.record().phase()).as("no restart is due").isEqualTo(Phase.FETCHED);
    assertRefused(blind::install, Reason.NO_SLOT);
    assertThat(blind.record().failed()).isEmpty();
    Files.write(environment(0), good);
    Updates mended = machine.updates(SlotName.A, FIRST);
    assertThat(mended.resume()).isEqualTo(Updates.Start.NORMAL);
    assertThat(mended.installationBegun()).isTrue();
    mended.install();
    assertThat(mended.record().phase()).isEqualTo(Phase.ARMED);
  }

  @Test
  void imageLargerThanPartition_refusedOnce_andWhatWasThereStays() throws Exception {
    Files.write(partition("root_b"), new byte[] {1, 2, 3});
    Files.write(environment(0), UBoot.encode(Map.of("BOOT_ORDER", "A B"), 251));
    Updates updates = machine.updates(SlotName.A, FIRST);
    byte[] large = machine.bundle("0.2.0", 0);
    assertRefused(() -> Machine.install(updates, large), Reason.TOO_LARGE);
    assertThat(updates.record().failed())
        .singleElement()
        .satisfies(failed -> assertThat(failed.why()).isEqualTo("too_large"));
    assertThat(Files.readAllBytes(partition("root_b"))).containsExactly(1, 2, 3);
    assertThat(machine.loader.state().order()).contains(SlotName.B);
    Updates next = machine.updates(SlotName.A, FIRST);
    assertThat(next.resume()).isEqualTo(Updates.Start.NORMAL);
    assertThat(next.installationBegun()).as("not tried again").isFalse();
    assertRefused(
        () -> next.bring(new ByteArrayInputStream(large), received -> {}), Reason.FAILED_BEFORE);
    Files.write(partition("root_b"), new byte[320 << 10]);
    Machine.install(next, machine.bundle("0.2.1", 0));
    assertThat(next.record().phase()).isEqualTo(Phase.ARMED);
  }

  @Test
  void imageOfUntoldLength_endsBeforeThePartitionDoes() throws Exception {
    Path device = Files.write(disk.resolve("device"), new byte[5]);
    Partitions partitions =
        new Partitions(Map.of(SlotName.B, Map.of("rootfs", device)), BlockDevices.real());
    BundleImage untold = image("rootfs");
    partitions.requireRoom(SlotName.B, List.of(untold));
    try (OutputStream out = partitions.open(SlotName.B, untold)) {
      out.write(new byte[] {1, 2, 3});
      assertThatThrownBy(() -> out.write(new byte[] {4, 5, 6}))
          .isInstanceOf(SlotFullException.class);
    }
    assertThat(Files.readAllBytes(device)).containsExactly(1, 2, 3, 0, 0);
    assertRefused(
        () -> partitions.requireRoom(SlotName.B, List.of(image("splash"))), Reason.BUNDLE);
  }

  private static BundleImage image(String name) {
    return new BundleImage(
        name,
        name,
        "0".repeat(64),
        BundleImage.Compression.NONE,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
