// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.refcam.disk.GptWriter;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VerityWriter;

/**
 * Builds the card of a board with U-Boot, in one directory. Same sources, packages and keys, same
 * bytes: every time and every identifier is given. Confined to one thread.
 *
 * <pre>
 *   work/        what the scripts make and what lies in the partitions
 *   loader.bin   U-Boot with the public key: the emulated board's flash
 *   card.img     boot_a boot_b root_a root_b state data
 * </pre>
 */
public final class CardBuild {
  /** Everything in an image has this time. */
  public static final Instant TIME = Instant.ofEpochSecond(1767225600);

  private static final long MIB = 1 << 20;
  private static final int SALT_BYTES = 32;

  /**
   * What is to be built.
   *
   * @param board a folder of board-configs
   * @param version of the software
   * @param securityVersion grows when older software must not run any more
   * @param cache where downloads and compiled parts are kept
   * @param out the result's directory
   * @param dataMib of the data partition; it grows to the card at first boot
   */
  public record Order(
      String board, String version, long securityVersion, Path cache, Path out, int dataMib) {}

  /**
   * What a bundle takes.
   *
   * @param rootHash 64 hexadecimal digits
   */
  public record Built(Path boot, Path root, String rootHash, Path loader, Path card) {}

  private final Scripts scripts;
  private final Consumer<String> progress;

  /**
   * @param progress is told each step
   */
  public CardBuild(Scripts scripts, Consumer<String> progress) {
    this.scripts = scripts;
    this.progress = progress;
  }

  /**
   * @param trust root.json, bundle-ca.crt, bundle-ca.crl
   * @throws IOException also if a part does not fit its partition
   */
  public Built build(Order order, BootKey key, Path trust) throws IOException {
    Path work = Files.createDirectories(order.out().resolve("work")).toAbsolutePath();
    Path loaders = order.cache().toAbsolutePath();
    progress.accept("1/6 boot loader");
    scripts.run("uboot/build", order.board(), loaders.toString());
    progress.accept("2/6 root file system");
    scripts.run(
        "rootfs/build",
        order.board(),
        loaders.toString(),
        work.toString(),
        order.version(),
        Long.toString(order.securityVersion()),
        trust.toAbsolutePath().toString());
    Path loader = loaders.resolve(order.board());
    try {
      progress.accept("3/6 hash tree");
      byte[] salt = derived(order, "salt");
      VerityRoot root = appendTree(work.resolve("root.squashfs"), salt, order);
      progress.accept("4/6 signed boot image");
      Path boot = work.resolve("boot.fit");
      Files.write(boot, fit(order, work, loader, root, salt, key));
      Path program = order.out().resolve("loader.bin");
      byte[] tree = Files.readAllBytes(loader.resolve("base.dtb"));
      Files.write(
          program,
          BootImage.loader(
              Files.readAllBytes(loader.resolve("u-boot-nodtb.bin")), tree, key.publicKey()));
      progress.accept("5/6 partitions");
      scripts.run(
          "rootfs/partitions",
          loader.resolve("mkenvimage").toString(),
          work.toString(),
          Long.toString(order.securityVersion()),
          Integer.toString(order.dataMib()));
      Path card = order.out().resolve("card.img");
      writeCard(card, boot, work, order);
      return new Built(boot, work.resolve("root.squashfs"), root.hex(), program, card);
    } catch (InvalidFdtException e) {
      throw new IOException("the machine's device tree: " + e.getMessage(), e);
    }
  }

  private static VerityRoot appendTree(Path squashfs, byte[] salt, Order order) throws IOException {
    try (FileChannel file =
        FileChannel.open(squashfs, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return VerityWriter.append(file, salt, uuid(order, "verity"));
    }
  }

  private static byte[] fit(
      Order order, Path work, Path loader, VerityRoot root, byte[] salt, BootKey key)
      throws IOException, InvalidFdtException {
    byte[] initramfs =
        CpioWriter.of(work.resolve("initramfs"), "verity", BootImage.rootDescription(root, salt));
    return BootImage.fit(
        work.resolve("Image.gz"),
        initramfs,
        Files.readAllBytes(loader.resolve("base.dtb")),
        Files.readString(work.resolve("kernel-line")).strip(),
        key.signer(),
        TIME);
  }

  private static void writeCard(Path card, Path boot, Path work, Order order) throws IOException {
    PartitionTable.Builder builder = PartitionTable.builder(uuid(order, "disk"));
    for (Room room :
        List.of(
            new Room("boot_a", 40 * MIB),
            new Room("boot_b", 40 * MIB),
            new Room("root_a", 160 * MIB),
            new Room("root_b", 160 * MIB),
            new Room("state", 16 * MIB),
            new Room("data", order.dataMib() * MIB))) {
      builder.add(
          room.name(),
          room.name().equals("state") ? Partition.BASIC_DATA : Partition.LINUX,
          uuid(order, room.name()),
          room.bytes());
    }
    PartitionTable table = builder.build();
    Files.deleteIfExists(card);
    try (FileChannel disk =
        FileChannel.open(
            card,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ)) {
      GptWriter.write(disk, table);
      fill(disk, table, "boot_a", boot);
      fill(disk, table, "root_a", work.resolve("root.squashfs"));
      fill(disk, table, "state", work.resolve("state.img"));
      fill(disk, table, "data", work.resolve("data.img"));
    }
  }

  private record Room(String name, long bytes) {}

  private static void fill(FileChannel disk, PartitionTable table, String name, Path content)
      throws IOException {
    Partition partition =
        table.find(name).orElseThrow(() -> new AssertionError("just added: " + name));
    try (FileChannel file = FileChannel.open(content, StandardOpenOption.READ)) {
      GptWriter.fill(disk, partition, file);
    }
  }

  private static UUID uuid(Order order, String what) {
    return UUID.nameUUIDFromBytes(derived(order, what));
  }

  /** Neither secret nor random: it tells images apart, and the same order has the same. */
  private static byte[] derived(Order order, String what) {
    String from = "refcam " + order.board() + " " + order.version() + " " + what;
    try {
      return Arrays.copyOf(
          MessageDigest.getInstance("SHA-256").digest(from.getBytes(StandardCharsets.UTF_8)),
          SALT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
