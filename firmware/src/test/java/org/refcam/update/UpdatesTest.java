// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.storage.Storage;
import org.refcam.update.UpdateException.Reason;

class UpdatesTest {
  @TempDir Path disk;

  private Bundles maker;
  private Machine machine;

  @BeforeEach
  void begin() throws Exception {
    maker = Bundles.create();
    machine = new Machine(disk, Storage.disk(), maker);
  }

  private static Reason refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    UpdateException[] thrown = new UpdateException[1];
    assertThatThrownBy(call).isInstanceOfSatisfying(UpdateException.class, e -> thrown[0] = e);
    return thrown[0].reason();
  }

  private void confirm(String version, long securityVersion) throws Exception {
    Machine.install(machine.boot().updates(), machine.bundle(version, securityVersion));
    Machine.Boot trial = machine.boot();
    assertThat(trial.start()).isEqualTo(Updates.Start.TRIAL);
    trial.updates().healthy();
  }

  @Test
  @DisplayName("INV-UPD-5: the counter is raised after confirmation, older slots leave the order")
  void healthy_raisesCounterAndRetiresOlder() throws Exception {
    Machine.install(machine.boot().updates(), machine.bundle("0.2.0", 3));
    assertThat(machine.counter().read()).isZero();
    Machine.Boot trial = machine.boot();
    assertThat(trial.slot()).isEqualTo(SlotName.A);
    assertThat(machine.counter().read()).isZero();
    trial.updates().healthy();
    assertThat(machine.counter().read()).isEqualTo(3);
    assertThat(Files.readString(disk.resolve("slots/state"))).isEqualTo("BOOT_ORDER=A\n");
    assertThat(machine.boot().start()).isEqualTo(Updates.Start.NORMAL);
    assertThat(refusal(() -> machine.updates(SlotName.BUILTIN, "0.1.0").resume()))
        .isEqualTo(Reason.TOO_OLD);
  }

  @Test
  void unhealthy_goesBackAndIsNotTakenAgain() throws Exception {
    byte[] bad = machine.bundle("0.2.0", 3);
    Machine.install(machine.boot().updates(), bad);
    machine.boot().updates().unhealthy("capture");
    Machine.Boot back = machine.boot();
    assertThat(back.version()).isEqualTo(Machine.BUILTIN_VERSION);
    assertThat(back.start()).isEqualTo(Updates.Start.NORMAL);
    assertThat(machine.counter().read()).isZero();
    assertThat(refusal(() -> Machine.install(back.updates(), bad))).isEqualTo(Reason.FAILED_BEFORE);
  }

  @Test
  void neverComesUp_bootLoaderGoesBackAfterItsCount() throws Exception {
    Machine.install(machine.boot().updates(), machine.bundle("0.2.0", 3));
    for (int i = 0; i < Slots.ATTEMPTS; i++) {
      assertThat(machine.boot().slot()).isEqualTo(SlotName.A); // and it dies before it is healthy
    }
    Machine.Boot back = machine.boot();
    assertThat(back.slot()).isEqualTo(SlotName.BUILTIN);
    assertThat(back.updates().record().failed()).extracting("why").containsExactly("boot");
    assertThat(machine.events).contains("ROLLED_BACK 0.2.0 boot");
  }

  @Test
  @DisplayName("INV-UPD-3: neither another board's, nor an older, nor an outdated bundle is taken")
  void bring_wrongBoardOlderOrOutdated_refused() throws Exception {
    confirm("0.2.0", 3);
    Updates updates = machine.boot().updates();
    byte[] rootfs = Machine.image("0.3.0");
    assertThat(refusal(() -> Machine.install(updates, maker.bundle("other", "0.3.0", 3, rootfs))))
        .isEqualTo(Reason.WRONG_BOARD);
    assertThat(refusal(() -> Machine.install(updates, machine.bundle("0.1.9", 3))))
        .isEqualTo(Reason.TOO_OLD);
    assertThat(refusal(() -> Machine.install(updates, machine.bundle("0.2.0", 3))))
        .isEqualTo(Reason.TOO_OLD);
    assertThat(refusal(() -> Machine.install(updates, machine.bundle("0.3.0", 2))))
        .isEqualTo(Reason.TOO_OLD);
    assertThat(machine.boot().version()).isEqualTo("0.2.0");
  }

  @Test
  @DisplayName("INV-UPD-1: what is not verified to its last byte is never bootable")
  void install_anyByteChanged_staysUnbootable() throws Exception {
    byte[] bundle = machine.bundle("0.2.0", 3);
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      byte[] changed = bundle.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      Updates updates = machine.boot().updates();
      assertThat(refusal(() -> Machine.install(updates, changed))).isEqualTo(Reason.BUNDLE);
      assertThat(machine.boot().slot()).isEqualTo(SlotName.BUILTIN);
    }
    Updates updates = machine.boot().updates();
    byte[] cut = java.util.Arrays.copyOf(bundle, bundle.length - 600);
    assertThat(refusal(() -> Machine.install(updates, cut))).isEqualTo(Reason.BUNDLE);
    Bundles stranger = Bundles.create();
    byte[] foreign = stranger.bundle("0.2.0", 3, Machine.image("0.2.0"));
    assertThat(refusal(() -> Machine.install(updates, foreign))).isEqualTo(Reason.BUNDLE);
    assertThat(machine.boot().slot()).isEqualTo(SlotName.BUILTIN);
  }

  @Test
  void armed_secondBundle_isBusy() throws Exception {
    Updates updates = machine.boot().updates();
    Machine.install(updates, machine.bundle("0.2.0", 3));
    assertThat(refusal(() -> updates.bring(new ByteArrayInputStream(new byte[9]), n -> {})))
        .isEqualTo(Reason.BUSY);
  }

  @Test
  void replace_armed_takesItsPlaceOnceVerified() throws Exception {
    Machine.install(machine.boot().updates(), machine.bundle("0.2.0", 3));
    Updates stopped = machine.updates(SlotName.BUILTIN, Machine.BUILTIN_VERSION);
    assertThat(stopped.resume()).isEqualTo(Updates.Start.RESTART);
    byte[] broken = machine.bundle("0.3.0", 3);
    broken[300] ^= 1;
    assertThat(refusal(() -> stopped.replace(new ByteArrayInputStream(broken), n -> {})))
        .isEqualTo(Reason.BUNDLE);
    assertThat(stopped.record().phase()).isEqualTo(UpdateRecord.Phase.ARMED);
    stopped.replace(new ByteArrayInputStream(machine.bundle("0.3.0", 3)), n -> {});
    assertThat(Files.readString(disk.resolve("slots/state"))).isEqualTo("BOOT_ORDER=BUILTIN\n");
    stopped.install();
    assertThat(machine.boot().version()).isEqualTo("0.3.0");
  }

  @Test
  void versions_order() {
    String[] rising = {"0.9", "1.0-rc1", "1.0-rc2", "1.0", "1.0.1", "1.2", "1.10", "2"};
    for (int i = 0; i < rising.length; i++) {
      for (int j = 0; j < rising.length; j++) {
        assertThat(Integer.signum(Version.compare(rising[i], rising[j])))
            .as("%s and %s", rising[i], rising[j])
            .isEqualTo(Integer.signum(Integer.compare(i, j)));
      }
    }
  }

  @Test
  void record_storedAndRead_isTheSame() throws Exception {
    confirm("0.2.0", 3);
    UpdateRecord record = machine.boot().updates().record();
    assertThat(record.times().keySet()).containsExactlyInAnyOrder(UpdateRecord.Step.values());
    RecordFile file = new RecordFile(disk.resolve("again.json"), Storage.disk());
    file.write(record);
    assertThat(file.read()).isEqualTo(record);
    Files.writeString(disk.resolve("again.json"), "{\"phase\":\"DANCING\"");
    assertThat(file.read()).isEqualTo(UpdateRecord.EMPTY);
  }
}
