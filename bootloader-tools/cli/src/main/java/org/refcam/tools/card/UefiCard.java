// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import org.refcam.tools.card.CardBuild.Keys;
import org.refcam.tools.card.CardBuild.Order;
import org.refcam.uefi.EfiVariable;
import org.refcam.uefi.InvalidProgramException;
import org.refcam.uefi.LoadOption;
import org.refcam.uefi.ProgramSigner;
import org.refcam.uefi.SlotEntry;
import org.refcam.uefi.UkiSource;
import org.refcam.uefi.UkiWriter;
import org.refcam.uefi.VariableFlash;

/**
 * What a board with UEFI starts from. Confined to one thread.
 *
 * <pre>
 *   work/boot.efi        the signed kernel image: stub, kernel line, initramfs with the root hash, kernel
 *   work/boot.img        an EFI system partition with it as EFI/BOOT/BOOTAA64.EFI; goes into either slot
 *   loader.bin           the emulated board's firmware, as its package has it
 *   loader.vars          its variables on the first start: keys enrolled, the order of slots
 *   enrol/               PK, KEK and db for other boards: .cer, .esl, .auth
 * </pre>
 *
 * <p>The image names no slot, so that one bundle serves both: its first program finds the root file
 * system that has the signed root hash.
 */
public final class UefiCard {
  static final String ENROLMENT = "enrol";

  private static final String DIRECTORY = "EFI/BOOT";
  private static final String PROGRAM = "BOOTAA64.EFI";
  private static final long MIB = 1 << 20;

  /** Room that a file system takes beside its files. */
  private static final int SPARE_MIB = 2;

  private final Order order;
  private final Keys keys;
  private final Path work;
  private final Scripts scripts;

  UefiCard(Order order, Keys keys, Path work, Scripts scripts) {
    this.order = order;
    this.keys = keys;
    this.work = work;
    this.scripts = scripts;
  }

  /** Makes {@code boot.img}. */
  Path boot(byte[] initramfs) throws IOException {
    byte[] signed = kernelImage(initramfs);
    Files.write(work.resolve("boot.efi"), signed);
    Path files = work.resolve("esp");
    Path directory = Files.createDirectories(files.resolve(DIRECTORY));
    Files.copy(
        work.resolve("boot.efi"), directory.resolve(PROGRAM), StandardCopyOption.REPLACE_EXISTING);
    Path image = work.resolve("boot.img");
    scripts.run(
        "rootfs/fat",
        image.toString(),
        Long.toString(signed.length / MIB + SPARE_MIB),
        files.toString());
    return image;
  }

  private byte[] kernelImage(byte[] initramfs) throws IOException {
    UkiSource source =
        new UkiSource(
            Files.readString(work.resolve("root/usr/lib/os-release")),
            Files.readString(work.resolve("kernel-line")).strip(),
            Files.readString(work.resolve("kernel-release")).strip(),
            initramfs,
            Files.readAllBytes(work.resolve("Image")),
            "refcam,1,RefCam,refcam," + order.version() + ",https://refcam.example\n");
    try {
      byte[] stub = Files.readAllBytes(work.resolve("firmware/linuxaa64.efi.stub"));
      return ProgramSigner.sign(
          UkiWriter.write(stub, source),
          keys.boot().signer(),
          UefiKeys.bootCertificate(keys.boot()));
    } catch (InvalidProgramException e) {
      throw new IOException("the stub or the kernel: " + e.getMessage(), e);
    }
  }

  /**
   * Lays firmware, its variables and the files of enrolment ready.
   *
   * @param packaged where {@code firmware.fd} and {@code variables.fd} are
   * @return the firmware
   */
  Path firmware(Path packaged) throws IOException {
    Path loader = order.out().resolve("loader.bin");
    Files.copy(packaged.resolve("firmware.fd"), loader, StandardCopyOption.REPLACE_EXISTING);
    Path packagedVariables = packaged.resolve("variables.fd");
    try {
      VariableFlash flash = FlashFile.open(packagedVariables);
      fill(flash);
      FlashFile.write(flash, packagedVariables, order.out().resolve("loader.vars"));
    } catch (IllegalArgumentException e) {
      throw new IOException(packagedVariables + ": " + e.getMessage(), e);
    }
    owner().enrol(keys.boot(), Files.createDirectories(order.out().resolve(ENROLMENT)));
    return loader;
  }

  private void fill(VariableFlash flash) throws IOException {
    var trusted = UefiKeys.bootCertificate(keys.boot());
    for (Map.Entry<EfiVariable, byte[]> list : owner().lists(trusted).entrySet()) {
      flash.set(list.getKey(), CardBuild.TIME, list.getValue());
    }
    PartitionTable table = CardLayout.table(order);
    for (String name : List.of("boot_a", "boot_b")) {
      // The second slot is empty: nothing is known of it.
      long security = name.equals("boot_a") ? order.securityVersion() : 0;
      SlotEntry entry = SlotEntry.of(name, security);
      flash.set(
          EfiVariable.ofBootManager(String.format(Locale.ROOT, "Boot%04X", SlotEntry.number(name))),
          CardBuild.TIME,
          option(table, entry).encode());
    }
    // Slot B is empty: it joins the order when something was installed and proved itself.
    flash.set(EfiVariable.ofBootManager("BootOrder"), CardBuild.TIME, new byte[] {0x0A, 0});
    // Seconds that the firmware waits for a key.
    flash.set(EfiVariable.ofBootManager("Timeout"), CardBuild.TIME, new byte[] {0, 0});
  }

  private static LoadOption option(PartitionTable table, SlotEntry entry) throws IOException {
    Partition partition =
        table
            .find(entry.partition())
            .orElseThrow(() -> new IOException("no partition " + entry.partition()));
    return new LoadOption(
        entry.description(),
        table.partitions().indexOf(partition) + 1,
        partition,
        LoadOption.REMOVABLE_ARM64);
  }

  private UefiKeys owner() throws IOException {
    Optional<UefiKeys> owner = keys.owner();
    return owner.orElseThrow(() -> new IOException("no platform key"));
  }
}
