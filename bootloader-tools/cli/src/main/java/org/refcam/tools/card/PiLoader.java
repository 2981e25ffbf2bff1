// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.refcam.board.Platform.Loader;
import org.refcam.piboot.BootSignature;
import org.refcam.tools.card.CardBuild.Order;

/**
 * The partition {@code loader} of a Raspberry Pi: the GPU's firmware and U-Boot with its public
 * key. On boards whose bootloader verifies, they are inside {@code boot.img}:
 *
 * <pre>
 *   pi-files     bootcode.bin start*.elf fixup*.dat config.txt board.dtb u-boot.bin
 *   pi-boot-img  config.txt boot.sig boot.img = | start4*.elf fixup4*.dat config.txt board.dtb u-boot.bin |
 * </pre>
 *
 * <p>Source: raspberrypi.com, "config.txt" (boot_ramdisk) and "Raspberry Pi bootloader
 * configuration"; github.com/raspberrypi/usbboot, docs/secure-boot.md. Confined to one thread.
 */
final class PiLoader {
  /** Tells the bootloader to start from boot.img, also where it does not yet verify it. */
  private static final String OUTER_CONFIG = "boot_ramdisk=1\n";

  /** Room that a file system takes beside its files. */
  private static final int SPARE_MIB = 2;

  private static final long MIB = 1 << 20;

  private final Order order;
  private final Path work;
  private final Scripts scripts;

  PiLoader(Order order, Path work, Scripts scripts) {
    this.order = order;
    this.work = work;
    this.scripts = scripts;
  }

  /**
   * Makes {@code loader.img}.
   *
   * @param program U-Boot with its control device tree
   * @param key that signs boot.img; needed where there is one
   * @return the file, as large as its partition
   */
  Path make(byte[] program, Optional<BootKey> key) throws IOException {
    Path files = work.resolve("loader");
    copyFirmware(files);
    Files.write(files.resolve("u-boot.bin"), program);
    Path image = work.resolve("loader.img");
    int mib = order.platform().partition("loader").sizeMib();
    if (order.platform().boot().loader() == Loader.PI_FILES) {
      return fat(image, mib, files);
    }
    Path boot = fat(work.resolve("boot.img"), (int) (size(files) / MIB) + SPARE_MIB, files);
    Path outer = emptied(work.resolve("loader-outer"));
    Files.copy(boot, outer.resolve("boot.img"));
    BootKey signer = key.orElseThrow(() -> new IOException("no key to sign boot.img with"));
    Files.write(
        outer.resolve("boot.sig"),
        BootSignature.sign(Files.readAllBytes(boot), CardBuild.TIME, signer.signer()).encode());
    Files.writeString(outer.resolve("config.txt"), OUTER_CONFIG, StandardCharsets.US_ASCII);
    return fat(image, mib, outer);
  }

  /** What the root file system's script laid ready, and the board's own config.txt. */
  private void copyFirmware(Path files) throws IOException {
    emptied(files);
    try (var firmware = Files.list(work.resolve("firmware"))) {
      for (Path file : firmware.sorted().toList()) {
        Files.copy(file, files.resolve(file.getFileName()));
      }
    }
    Files.copy(order.boardFolder().resolve("config.txt"), files.resolve("config.txt"));
    Files.copy(
        work.resolve("board.dtb"), files.resolve("board.dtb"), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path fat(Path image, int mib, Path files) throws IOException {
    scripts.run("rootfs/fat", image.toString(), Integer.toString(mib), files.toString());
    return image;
  }

  private static long size(Path directory) throws IOException {
    long sum = 0;
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  private static Path emptied(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var files = Files.list(directory)) {
        for (Path file : (List<Path>) files.toList()) {
          Files.delete(file);
        }
      }
    }
    return Files.createDirectories(directory);
  }
}
