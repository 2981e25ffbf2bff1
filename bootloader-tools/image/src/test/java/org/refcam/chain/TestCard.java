// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.refcam.Peer;
import org.refcam.disk.GptWriter;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.ControlDeviceTree;
import org.refcam.fit.FitConfiguration;
import org.refcam.fit.FitImage;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitPublicKey;
import org.refcam.fit.FitSigner;
import org.refcam.fit.FitSource;
import org.refcam.fit.FitWriter;
import org.refcam.fit.TestFit;
import org.refcam.fit.TestKeys;
import org.refcam.piboot.BootSignature;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VerityWriter;

/** A small card of one slot: what an image builder makes, with the same library. */
public final class TestCard {
  public static final FitSigner SIGNER =
      TestKeys.signer("release", TestKeys.RSA2048, FitPadding.PKCS1_1_5);
  static final byte[] SALT = {1, 2, 3, 4};
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L);

  private final Path directory;
  private VerityRoot root;

  TestCard(Path directory) throws IOException {
    this.directory = directory;
    Path file = Files.write(directory.resolve("root"), TestFit.bytes(9, 900_000));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      root = VerityWriter.append(channel, SALT, new UUID(4, 5));
    }
  }

  /** Root hash in the command line. */
  String commandLine() {
    return "quiet refcam.slot=A roothash="
        + root.hex()
        + " refcam.hash_offset="
        + root.hashOffset();
  }

  /** Root hash in the initramfs. */
  byte[] initramfs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    cpio(out, "verity", description().getBytes(StandardCharsets.US_ASCII));
    cpio(out, "TRAILER!!!", new byte[0]);
    return out.toByteArray();
  }

  /** An initramfs that says nothing of the root. */
  static byte[] bareInitramfs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    cpio(out, "init", TestFit.bytes(3, 1001));
    cpio(out, "TRAILER!!!", new byte[0]);
    return out.toByteArray();
  }

  private String description() {
    long blocks = root.hashOffset() / 4096;
    return "BLOCKS="
        + blocks
        + "\nHASH_START="
        + (blocks + 1)
        + "\nROOT_HASH="
        + root.hex()
        + "\nSALT=01020304\n";
  }

  private static void cpio(ByteArrayOutputStream out, String name, byte[] data) {
    StringBuilder header = new StringBuilder("070701");
    long[] fields = {1, 0100644, 0, 0, 1, 0, data.length, 0, 0, 0, 0, name.length() + 1, 0};
    for (long field : fields) {
      header.append(String.format(Locale.ROOT, "%08X", field));
    }
    out.writeBytes((header + name + '\0').getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[-out.size() & 3]);
    out.writeBytes(data);
    out.writeBytes(new byte[-out.size() & 3]);
  }

  byte[] fit(String commandLine, byte[] ramdisk, FitSigner signer)
      throws IOException, InvalidFdtException {
    byte[] tree = ControlDeviceTree.withBootArguments(TestFit.deviceTree(), commandLine);
    FitConfiguration configuration =
        new FitConfiguration(
            "conf-a", "slot A", "kernel", Optional.of("ramdisk"), List.of("fdt"), Optional.empty());
    return FitWriter.write(
        new FitSource(
            "card",
            "arm64",
            TIME,
            List.of(
                FitImage.kernel("kernel", "none", 0x40400000L, TestFit.bytes(1, 50_000)),
                FitImage.of("ramdisk", FitImage.Kind.RAMDISK, "initramfs", ramdisk),
                FitImage.of("fdt", FitImage.Kind.DEVICE_TREE, "board", tree)),
            List.of(configuration)),
        List.of(signer));
  }

  /** A FAT file system with boot.img, which is one itself, and boot.sig. */
  byte[] piBoot() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("cmdline.txt"), commandLine() + "\n");
    Files.write(directory.resolve("boot.img"), fat(1 << 20, "cmdline.txt"));
    byte[] image = Files.readAllBytes(directory.resolve("boot.img"));
    Files.write(directory.resolve("boot.sig"), BootSignature.sign(image, TIME, SIGNER).encode());
    return fat(3 << 20, "boot.img", "boot.sig");
  }

  /** An EFI system partition with a signed kernel image, and what else may lie there. */
  byte[] efi(byte[] program, String... more) throws IOException, InterruptedException {
    byte[] empty = fat(4 << 20);
    Path image = Files.write(directory.resolve("fat"), empty);
    Path file = Files.write(directory.resolve("BOOTAA64.EFI"), program);
    Peer.require("mmd").run(directory, "-i", image, "::EFI", "::EFI/BOOT");
    Peer.require("mcopy").run(directory, "-i", image, file, "::EFI/BOOT/");
    for (String name : more) {
      Files.write(directory.resolve("more"), new byte[100]);
      Peer.require("mcopy").run(directory, "-i", image, "more", "::" + name);
    }
    return Files.readAllBytes(image);
  }

  private byte[] fat(int bytes, String... names) throws IOException, InterruptedException {
    Path image = Files.write(directory.resolve("fat"), new byte[bytes]);
    Peer.require("mkfs.vfat").run(directory, "-i", "12345678", image);
    for (String name : names) {
      Peer.require("mcopy").run(directory, "-i", image, name, "::");
    }
    return Files.readAllBytes(image);
  }

  /** U-Boot as it lies on a card: a program and behind it the control tree with that key. */
  static byte[] uBoot(FitPublicKey key) throws InvalidFdtException {
    byte[] tree = ControlDeviceTree.withRequiredKey(TestFit.deviceTree(), key);
    byte[] program = Arrays.copyOf(TestFit.bytes(7, 3000), 3000 + tree.length);
    System.arraycopy(tree, 0, program, 3000, tree.length);
    return program;
  }

  /** The partition loader of a board that verifies nothing. */
  byte[] plainLoader(byte[] uBoot) throws IOException, InterruptedException {
    Files.write(directory.resolve("u-boot.bin"), uBoot);
    return fat(2 << 20, "u-boot.bin");
  }

  /** The partition loader of one that verifies boot.img. */
  byte[] signedLoader(byte[] uBoot, FitSigner signer) throws IOException, InterruptedException {
    Files.write(directory.resolve("boot.img"), plainLoader(uBoot));
    byte[] image = Files.readAllBytes(directory.resolve("boot.img"));
    Files.write(directory.resolve("boot.sig"), BootSignature.sign(image, TIME, signer).encode());
    return fat(4 << 20, "boot.img", "boot.sig");
  }

  /** The card: this boot partition in slot A, an empty slot B. */
  Path write(byte[] boot) throws IOException {
    return write(boot, Optional.empty());
  }

  /** The same with a partition {@code loader} behind the others. */
  Path write(byte[] boot, Optional<byte[]> loader) throws IOException {
    Path root = directory.resolve("root");
    PartitionTable.Builder builder =
        PartitionTable.builder(new UUID(1, 1))
            .add("boot_a", Partition.LINUX, new UUID(1, 2), 4 << 20)
            .add("boot_b", Partition.LINUX, new UUID(1, 3), 1 << 20)
            .add("root_a", Partition.LINUX, new UUID(1, 4), Files.size(root))
            .add("root_b", Partition.LINUX, new UUID(1, 5), 1 << 20)
            .add("state", Partition.BASIC_DATA, new UUID(1, 6), 1 << 20)
            .add("data", Partition.LINUX, new UUID(1, 7), 1 << 20);
    if (loader.isPresent()) {
      builder.add("loader", Partition.BASIC_DATA, new UUID(1, 8), loader.get().length);
    }
    PartitionTable table = builder.build();
    Path card = directory.resolve("card.img");
    Files.deleteIfExists(card);
    Path bootFile = Files.write(directory.resolve("boot"), boot);
    try (FileChannel disk =
            FileChannel.open(
                card,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileChannel bootContent = FileChannel.open(bootFile);
        FileChannel rootContent = FileChannel.open(root)) {
      GptWriter.write(disk, table);
      GptWriter.fill(disk, table.find("boot_a").orElseThrow(), bootContent);
      GptWriter.fill(disk, table.find("root_a").orElseThrow(), rootContent);
      if (loader.isPresent()) {
        Path file = Files.write(directory.resolve("loader"), loader.get());
        try (FileChannel content = FileChannel.open(file)) {
          GptWriter.fill(disk, table.find("loader").orElseThrow(), content);
        }
      }
    }
    return card;
  }
}
