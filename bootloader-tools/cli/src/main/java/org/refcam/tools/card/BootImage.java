// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.ControlDeviceTree;
import org.refcam.fit.FitConfiguration;
import org.refcam.fit.FitImage;
import org.refcam.fit.FitImage.Kind;
import org.refcam.fit.FitPublicKey;
import org.refcam.fit.FitSigner;
import org.refcam.fit.FitSource;
import org.refcam.fit.FitWriter;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VeritySuperblock;

/**
 * What a board with U-Boot starts from: the boot loader with the public key, and the FIT with
 * kernel, device trees and the initramfs that knows the root file system's hash. Stateless.
 *
 * <p>The FIT has a configuration for each slot. They differ in the kernel's command line alone, so
 * that the slot that runs is told by what was signed and not by the boot loader's variables.
 */
public final class BootImage {
  private BootImage() {}

  /**
   * @param kernelAddress where the kernel is unpacked to: a multiple of 2 MiB in the board's memory
   * @param kernelLine what the kernel is told beside the slot
   */
  public static byte[] fit(
      Path kernelGzip,
      long kernelAddress,
      byte[] initramfs,
      byte[] deviceTree,
      String kernelLine,
      FitSigner signer,
      Instant time)
      throws IOException, InvalidFdtException {
    List<FitImage> images = new ArrayList<>();
    images.add(FitImage.kernel("kernel", "gzip", kernelAddress, Files.readAllBytes(kernelGzip)));
    images.add(FitImage.of("initramfs", Kind.RAMDISK, "opens the verified root", initramfs));
    List<FitConfiguration> configurations = new ArrayList<>();
    for (String slot : List.of("A", "B")) {
      String small = slot.equals("A") ? "a" : "b";
      byte[] tree =
          ControlDeviceTree.withBootArguments(deviceTree, kernelLine + " refcam.slot=" + slot);
      images.add(FitImage.of("fdt-" + small, Kind.DEVICE_TREE, "for slot " + slot, tree));
      configurations.add(
          new FitConfiguration(
              "conf-" + small,
              "slot " + slot,
              "kernel",
              Optional.of("initramfs"),
              List.of("fdt-" + small),
              Optional.empty()));
    }
    return FitWriter.write(
        new FitSource("RefCam", "arm64", time, images, configurations), List.of(signer));
  }

  /** The file {@code verity} of the initramfs, as the first program reads it. */
  public static byte[] rootDescription(VerityRoot root, byte[] salt) {
    long blocks = root.hashOffset() / VeritySuperblock.BLOCK_BYTES;
    return ("BLOCKS=%d\nHASH_START=%d\nROOT_HASH=%s\nSALT=%s\n"
            .formatted(blocks, blocks + 1, root.hex(), HexFormat.of().formatHex(salt)))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * U-Boot with its control device tree: the machine's, the public key that every configuration
   * must be signed with, and the order to run its one command and to hang when that returns.
   */
  public static byte[] loader(byte[] program, byte[] deviceTree, FitPublicKey key)
      throws InvalidFdtException {
    Fdt fdt = Fdt.parse(ByteBuffer.wrap(ControlDeviceTree.withRequiredKey(deviceTree, key)));
    FdtNode config =
        FdtNode.builder("config")
            .set("bootcmd", "boot")
            .set(FdtProperty.ofCells("bootsecure", 1))
            .build();
    byte[] control =
        new Fdt(fdt.root().toBuilder().set(config).build(), fdt.reservations(), fdt.bootCpu())
            .encode();
    byte[] whole = new byte[program.length + control.length];
    System.arraycopy(program, 0, whole, 0, program.length);
    System.arraycopy(control, 0, whole, program.length, control.length);
    return whole;
  }
}
