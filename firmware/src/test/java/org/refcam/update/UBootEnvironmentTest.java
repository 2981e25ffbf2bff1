// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.image.BundleLimits;
import org.refcam.image.Keyring;
import org.refcam.storage.BlockDevices;
import org.refcam.update.InvalidEnvironmentException.Reason;

/** The format beside Debian's fw_printenv and fw_setenv, and slots on it. */
class UBootEnvironmentTest {
  private static final int SIZE = 0x4000;

  @TempDir Path folder;

  private EnvironmentFiles.Place place(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Files.write(file, new byte[SIZE + 512]);
    }
    return new EnvironmentFiles.Place(file, 512, SIZE);
  }

  private EnvironmentStore store() throws Exception {
    EnvironmentFiles files =
        new EnvironmentFiles(place("env0"), place("env1"), BlockDevices.real());
    files.write(0, new UBootEnvironment(254, Map.of("BOOT_ORDER", "A")).encode(SIZE));
    return new EnvironmentStore(files);
  }

  private String tool(String... command) throws Exception {
    Path config = folder.resolve("fw_env.config");
    Files.writeString(
        config,
        folder.resolve("env0") + " 0x200 0x4000\n" + folder.resolve("env1") + " 0x200 0x4000\n");
    String[] all = new String[command.length + 2];
    all[0] = command[0];
    all[1] = "-c";
    all[2] = config.toString();
    System.arraycopy(command, 1, all, 3, command.length - 1);
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }

  private static void assumeTools() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/fw_printenv")), "no fw_printenv");
  }

  @Test
  void written_isReadByFwPrintenv_andBack() throws Exception {
    assumeTools();
    EnvironmentStore store = store();
    for (int i = 0; i < 5; i++) { // over the turn of the serial
      store.change(Map.of("BOOT_B_LEFT", Integer.toString(i), "BOOT_ORDER", "B A"));
      assertThat(tool("fw_printenv", "BOOT_B_LEFT")).isEqualTo("BOOT_B_LEFT=" + i + "\n");
    }
    assertThat(tool("fw_printenv", "BOOT_ORDER")).isEqualTo("BOOT_ORDER=B A\n");
    tool("fw_setenv", "BOOT_B_LEFT", "7");
    assertThat(store.read()).containsEntry("BOOT_B_LEFT", "7").containsEntry("BOOT_ORDER", "B A");
    store.change(Map.of("BOOT_B_LEFT", ""));
    assertThat(tool("fw_printenv")).isEqualTo("BOOT_ORDER=B A\n");
  }

  @Test
  void change_tornAtAnyByte_oldOrNew() throws Exception {
    byte[][] copies = {
      new UBootEnvironment(1, Map.of("BOOT_ORDER", "A")).encode(256), new byte[256]
    };
    for (int cut = 0; cut < 256; cut++) {
      int until = cut;
      byte[][] disk = {copies[0].clone(), copies[1].clone()};
      EnvironmentStore store =
          new EnvironmentStore(
              new EnvironmentStore.Medium() {
                @Override
                public byte[] read(int copy) {
                  return disk[copy].clone();
                }

                @Override
                public void write(int copy, byte[] bytes) throws IOException {
                  System.arraycopy(bytes, 0, disk[copy], 0, until);
                  throw new IOException("power is gone");
                }
              });
      assertThatThrownBy(() -> store.change(Map.of("BOOT_ORDER", "B A")))
          .isInstanceOf(IOException.class);
      assertThat(store.read().get("BOOT_ORDER")).isIn("A", "B A");
    }
  }

  @Test
  void parse_anyBytes_environmentOrReason() throws Exception {
    Random random = new Random(11);
    byte[] good = new UBootEnvironment(3, Map.of("a", "b", "c", "")).encode(64);
    assertThat(UBootEnvironment.parse(good).variables()).isEqualTo(Map.of("a", "b", "c", ""));
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        UBootEnvironment.parse(bytes);
      } catch (InvalidEnvironmentException e) {
        assertThat(e.reason()).isEqualTo(Reason.CHECKSUM);
      }
    }
    assertThatThrownBy(() -> UBootEnvironment.parse(new byte[6]))
        .isInstanceOfSatisfying(
            InvalidEnvironmentException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TOO_SHORT));
    assertThatThrownBy(() -> new UBootEnvironment(0, Map.of("a", "b".repeat(60))).encode(64))
        .isInstanceOfSatisfying(
            InvalidEnvironmentException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void slots_installTrialConfirm_asTheLoaderSeesIt() throws Exception {
    Path a = Files.write(folder.resolve("a"), new byte[1 << 20]);
    Path b = Files.write(folder.resolve("b"), new byte[1 << 20]);
    Partitions partitions =
        new Partitions(
            Map.of(SlotName.A, Map.of("rootfs", a), SlotName.B, Map.of("rootfs", b)),
            BlockDevices.real());
    EnvironmentStore store = store();
    UBootSlots slots = new UBootSlots(store, partitions, SlotName.A, 0);
    Bundles maker = Bundles.create();
    byte[] bundle = maker.bundle("0.2.0", 4, Machine.image("0.2.0"));
    Path file = Files.write(folder.resolve("x.swu"), bundle);
    InstalledBundle installed =
        new Installer(slots, BundleLimits.DEFAULT, "generic", "1.0", "0.1.0")
            .install(file, Keyring.parse(maker.pem()), 0, Bundles.NOW, slots.inactive());
    assertThat(slots.state().next()).contains(SlotName.A);
    slots.arm(installed);
    assertThat(store.read())
        .containsEntry("BOOT_ORDER", "B A")
        .containsEntry("BOOT_B_LEFT", "3")
        .containsEntry("REFCAM_B_SECURITY", "4");
    assertThat(new ByteArrayInputStream(Files.readAllBytes(b)).readNBytes(5))
        .isEqualTo("0.2.0".getBytes(StandardCharsets.US_ASCII));
    UBootSlots booted = new UBootSlots(store, partitions, SlotName.B, 2);
    booted.confirm();
    assertThat(store.read()).doesNotContainKey("BOOT_B_LEFT");
    assertThat(slots.securityVersion(SlotName.B)).isEqualTo(4);
    assertThat(booted.securityVersion(SlotName.B)).as("as the verified root says").isEqualTo(2);
    booted.retire(SlotName.A);
    assertThat(booted.state().order()).containsExactly(SlotName.B);
  }
}
