// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.refcam.bytes.ByteRegion;
import org.refcam.bytes.TruncatedException;
import org.refcam.disk.FatFileSystem;
import org.refcam.disk.InvalidDiskException;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtHeader;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.FitPublicKey;
import org.refcam.fit.FitVerifier;
import org.refcam.fit.InvalidFitException;
import org.refcam.fit.VerifiedFit;
import org.refcam.piboot.BootSignature;
import org.refcam.piboot.InvalidBootSignatureException;
import org.refcam.uefi.InvalidProgramException;
import org.refcam.uefi.PeProgram;
import org.refcam.uefi.ProgramVerifier;
import org.refcam.uefi.VerifiedProgram;

/**
 * Verifies a boot partition: a FIT from its first byte on, or a FAT file system with a signed
 * program for UEFI, or with {@code boot.img} and {@code boot.sig}. Stateless.
 */
final class BootPartition {
  /** U-Boot's own bound of a signed FIT is 256 MiB; ours is what a boot partition has at most. */
  static final int BOOT_BYTES_MAX = 128 << 20;

  /** Where firmware looks in a file system of an ARM64 board that nobody described to it. */
  static final String EFI_PROGRAM = "EFI/BOOT/BOOTAA64.EFI";

  private static final int TEXT_MAX = 64 * 1024;
  private static final int EMPTY_BYTES = 4096;

  private BootPartition() {}

  /** Whether nothing was ever written to it. */
  static boolean isEmpty(ByteRegion partition) throws IOException {
    try {
      for (byte b : partition.read(0, EMPTY_BYTES)) {
        if (b != 0) {
          return false;
        }
      }
      return true;
    } catch (TruncatedException e) {
      return false; // too short for a boot image as well: verifying it says so
    }
  }

  /**
   * @param slot {@code a} or {@code b}
   */
  static SignedBoot verify(ByteRegion partition, String slot, PublicKey key)
      throws IOException, InvalidLinkException {
    try {
      if (FatFileSystem.isFat(partition)) {
        FatFileSystem fat = FatFileSystem.open(partition);
        boolean efi = fat.list("").stream().anyMatch(name -> name.equalsIgnoreCase("EFI/"));
        return efi ? kernelImage(fat, key) : bootImage(fat, key);
      }
      return fit(partition, slot, key);
    } catch (InvalidDiskException
        | InvalidFitException
        | InvalidFdtException
        | InvalidProgramException
        | InvalidBootSignatureException e) {
      throw new InvalidLinkException(String.valueOf(e.getMessage()), e);
    } catch (TruncatedException e) {
      throw new InvalidLinkException("the partition ends early: " + e.getMessage(), e);
    }
  }

  private static SignedBoot fit(ByteRegion partition, String slot, PublicKey key)
      throws IOException,
          TruncatedException,
          InvalidFitException,
          InvalidFdtException,
          InvalidLinkException {
    ByteBuffer head = ByteBuffer.wrap(partition.read(0, FdtHeader.BYTES));
    if (!FdtHeader.isMagic(head)) {
      throw new InvalidLinkException("neither a FIT nor a FAT file system");
    }
    int total = head.getInt(4);
    if (total < FdtHeader.BYTES || total > Math.min(partition.size(), BOOT_BYTES_MAX)) {
      throw new InvalidLinkException("a FIT of " + (total & 0xFFFFFFFFL) + " bytes");
    }
    VerifiedFit fit =
        new FitVerifier(List.of(new FitPublicKey("given", key)))
            .verify(ByteBuffer.wrap(partition.read(0, total)));
    VerifiedFit.Configuration configuration =
        fit.configurations().stream()
            .filter(c -> c.name().equals("conf-" + slot))
            .findFirst()
            .orElse(fit.defaultConfiguration());
    return new SignedBoot(
        "FIT configuration " + configuration.name() + ", " + configuration.algorithm(),
        commandLine(configuration),
        configuration.ramdisk());
  }

  /** Of the first device tree, or of the configuration; both must agree if both say one. */
  private static String commandLine(VerifiedFit.Configuration configuration)
      throws InvalidFdtException, InvalidLinkException {
    Optional<String> chosen = Optional.empty();
    if (!configuration.deviceTrees().isEmpty()) {
      chosen =
          Fdt.parse(configuration.deviceTrees().get(0))
              .root()
              .findNode("chosen")
              .flatMap(node -> node.findString("bootargs"));
    }
    Optional<String> own = configuration.bootArguments();
    if (chosen.isPresent() && own.isPresent() && !chosen.equals(own)) {
      throw new InvalidLinkException("device tree and configuration have two command lines");
    }
    return chosen.or(() -> own).orElse("");
  }

  /**
   * The kernel line and the initramfs of a unified kernel image are sections of it. Nothing may lie
   * beside it: its stub would look at add-ons there, and another board's firmware at other files.
   */
  private static SignedBoot kernelImage(FatFileSystem fat, PublicKey key)
      throws IOException, InvalidDiskException, InvalidProgramException, InvalidLinkException {
    byte[] file = require(fat, EFI_PROGRAM, PeProgram.BYTES_MAX);
    if (!isAlone(fat, "", "efi/")
        || !isAlone(fat, "EFI", "boot/")
        || !isAlone(fat, "EFI/BOOT", "bootaa64.efi")) {
      throw new InvalidLinkException("other files beside " + EFI_PROGRAM);
    }
    VerifiedProgram program = ProgramVerifier.verify(file, key);
    return new SignedBoot(
        "unified kernel image " + program.text(".uname") + ", Authenticode with SHA-256",
        program.text(".cmdline"),
        program.find(".initrd"));
  }

  private static boolean isAlone(FatFileSystem fat, String directory, String name)
      throws IOException, InvalidDiskException {
    List<String> names = fat.list(directory);
    return names.size() == 1 && names.get(0).equalsIgnoreCase(name);
  }

  private static SignedBoot bootImage(FatFileSystem fat, PublicKey key)
      throws IOException,
          InvalidDiskException,
          InvalidBootSignatureException,
          InvalidLinkException {
    byte[] image = require(fat, "boot.img", BOOT_BYTES_MAX);
    BootSignature.parse(require(fat, "boot.sig", BootSignature.BYTES_MAX)).verify(image, key);
    FatFileSystem inside = FatFileSystem.open(ByteRegion.of(ByteBuffer.wrap(image)));
    String commandLine =
        new String(require(inside, "cmdline.txt", TEXT_MAX), StandardCharsets.UTF_8).strip();
    Optional<byte[]> ramdisk = Optional.empty();
    for (String name : inside.names()) {
      if (name.toLowerCase(Locale.ROOT).startsWith("init") && ramdisk.isEmpty()) {
        ramdisk = inside.read(name, BOOT_BYTES_MAX);
      }
    }
    return new SignedBoot("boot.img, rsa2048", commandLine, ramdisk.map(ByteBuffer::wrap));
  }

  private static byte[] require(FatFileSystem fat, String name, int most)
      throws IOException, InvalidDiskException, InvalidLinkException {
    return fat.read(name, most).orElseThrow(() -> new InvalidLinkException("no " + name));
  }
}
