// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.refcam.storage.Storage;
import org.refcam.update.DirectorySlots;
import org.refcam.update.EnvironmentFiles;
import org.refcam.update.EnvironmentFiles.Place;
import org.refcam.update.EnvironmentStore;
import org.refcam.update.Partitions;
import org.refcam.update.SlotName;
import org.refcam.update.Slots;
import org.refcam.update.UBootSlots;

/**
 * The slots of the machine that runs: an image's start options say {@code -Drefcam.slots=uboot},
 * without it the launcher's directories serve. Stateless.
 *
 * <p>On a board the running slot is the {@code refcam.slot=} of the kernel's command line, which
 * lies in the signed boot image.
 */
final class BoardSlots {
  /** Of one copy, as bootloader-tools/uboot configures it (CONFIG_ENV_SIZE). */
  static final int ENVIRONMENT_BYTES = 0x4000;

  private static final String ON_KERNEL_LINE = "refcam.slot=";
  private static final Path STATE = Path.of("/state");
  private static final Path PARTITIONS = Path.of("/dev/disk/by-partlabel");

  private BoardSlots() {}

  /**
   * @throws IOException also if a board's kernel line names no slot
   */
  static Slots of(Path data) throws IOException {
    if (System.getProperty("refcam.slots", "").equals("uboot")) {
      String line =
          Files.readString(Path.of("/proc/cmdline"), StandardCharsets.ISO_8859_1).strip();
      return uBoot(STATE, PARTITIONS, running(line), Main.securityVersion());
    }
    return directory(data, SlotName.valueOf(System.getProperty("refcam.slot", "BUILTIN")));
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
    return new UBootSlots(
        new EnvironmentStore(
            new EnvironmentFiles(
                new Place(state.resolve("uboot.env"), 0, ENVIRONMENT_BYTES),
                new Place(state.resolve("uboot-redund.env"), 0, ENVIRONMENT_BYTES))),
        new Partitions(
            Map.of(SlotName.A, images(partitions, "a"), SlotName.B, images(partitions, "b"))),
        running,
        securityVersion);
  }

  private static Map<String, Path> images(Path partitions, String slot) {
    return Map.of(
        "boot", partitions.resolve("boot_" + slot), "rootfs", partitions.resolve("root_" + slot));
  }

  /** The slot that a kernel line names. */
  static SlotName running(String kernelLine) throws IOException {
    try (Stream<String> words = Arrays.stream(kernelLine.split("\\s+", -1))) {
      String name =
          words
              .filter(word -> word.startsWith(ON_KERNEL_LINE))
              .map(word -> word.substring(ON_KERNEL_LINE.length()))
              .findFirst()
              .orElse("");
      return switch (name) {
        case "A" -> SlotName.A;
        case "B" -> SlotName.B;
        default -> throw new IOException("the kernel's command line names no slot");
      };
    }
  }
}
