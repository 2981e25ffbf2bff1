// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.refcam.storage.BlockDevices;
import org.refcam.storage.Storage;
import org.refcam.update.DirectorySlots;
import org.refcam.update.EfiVariableFiles;
import org.refcam.update.EnvironmentFiles;
import org.refcam.update.EnvironmentFiles.Place;
import org.refcam.update.EnvironmentStore;
import org.refcam.update.FixedSlots;
import org.refcam.update.Partitions;
import org.refcam.update.SlotName;
import org.refcam.update.Slots;
import org.refcam.update.UBootSlots;
import org.refcam.update.UefiSlots;

/**
 * The slots of the machine that runs: an image's start options say {@code -Drefcam.slots=uboot} or
 * {@code uefi}, {@code fixed} that the board's slots are not the camera's to switch, without it the
 * launcher's directories serve. Stateless.
 *
 * <p>On a board the running slot is {@code REFCAM_SLOT}: the boot image's first program reads it in
 * the signed kernel line and the service manager hands it on.
 */
final class BoardSlots {
  /** Of one copy, as bootloader-tools/uboot configures it (CONFIG_ENV_SIZE). */
  static final int ENVIRONMENT_BYTES = 0x4000;

  private static final Path STATE = Path.of("/state");
  private static final Path PARTITIONS = Path.of("/dev/disk/by-partlabel");
  private static final Path BLOCK_DEVICES = Path.of("/sys/class/block");

  /** Where the boot image's first program mounts efivarfs for the camera's user. */
  private static final Path EFI_VARIABLES = Path.of("/efivars");

  private BoardSlots() {}

  /**
   * @throws IOException also if a board's kernel line names no slot
   */
  static Slots of(Path data) throws IOException {
    return switch (System.getProperty("refcam.slots", "")) {
      case "uboot" -> uBoot(STATE, PARTITIONS, running(booted()), Main.securityVersion());
      case "uefi" ->
          uefi(EFI_VARIABLES, PARTITIONS, BLOCK_DEVICES, running(booted()), Main.securityVersion());
      case "fixed" -> new FixedSlots(running(booted()), Main.securityVersion());
      default -> directory(data, SlotName.valueOf(System.getProperty("refcam.slot", "BUILTIN")));
    };
  }

  private static String booted() {
    return System.getenv().getOrDefault("REFCAM_SLOT", "");
  }

  /** The slots of a PC, beside the camera's data. */
  static DirectorySlots directory(Path data, SlotName running) {
    return new DirectorySlots(
        CameraUpdates.directory(data).resolve("slots"),
        Storage.disk(),
        running,
        Main.SECURITY_VERSION);
  }

  static UBootSlots uBoot(Path state, Path partitions, SlotName running, long securityVersion) {
    BlockDevices disk = BlockDevices.real();
    return new UBootSlots(
        new EnvironmentStore(
            new EnvironmentFiles(
                new Place(state.resolve("uboot.env"), 0, ENVIRONMENT_BYTES),
                new Place(state.resolve("uboot-redund.env"), 0, ENVIRONMENT_BYTES),
                disk)),
        partitions(partitions, disk),
        running,
        securityVersion);
  }

  static UefiSlots uefi(
      Path variables, Path partitions, Path blockDevices, SlotName running, long securityVersion) {
    PartitionFacts facts = new PartitionFacts(partitions, blockDevices);
    return new UefiSlots(
        new EfiVariableFiles(variables),
        facts::option,
        partitions(partitions, BlockDevices.real()),
        running,
        securityVersion);
  }

  private static Partitions partitions(Path partitions, BlockDevices disk) {
    return new Partitions(
        Map.of(SlotName.A, images(partitions, "a"), SlotName.B, images(partitions, "b")), disk);
  }

  private static Map<String, Path> images(Path partitions, String slot) {
    return Map.of(
        "boot", partitions.resolve("boot_" + slot), "rootfs", partitions.resolve("root_" + slot));
  }

  /** The slot that was handed on. */
  static SlotName running(String name) throws IOException {
    return switch (name) {
      case "A" -> SlotName.A;
      case "B" -> SlotName.B;
      default -> throw new IOException("nobody said which slot was booted: REFCAM_SLOT=" + name);
    };
  }
}
