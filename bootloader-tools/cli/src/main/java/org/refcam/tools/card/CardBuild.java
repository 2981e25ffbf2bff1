// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.refcam.board.Platform;
import org.refcam.board.Platform.Loader;
import org.refcam.crypto.Sha256;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.verity.VerityRoot;
import org.refcam.verity.VerityWriter;

/**
 * Builds the card of a board with U-Boot or UEFI, in one directory. Same sources, packages and
 * keys, same bytes: every time and every identifier is given. Confined to one thread.
 *
 * <pre>
 *   work/        what the scripts make and what lies in the partitions
 *   loader.bin   U-Boot with the public key: the emulated board's flash, and in the partition loader of others;
 *                of a board with UEFI see {@link UefiCard}
 *   card.img     the partitions of board.yaml
 * </pre>
 */
public final class CardBuild {
  /** Everything in an image has this time. */
  public static final Instant TIME = Instant.ofEpochSecond(1767225600);

  /**
   * What is to be built.
   *
   * @param platform of board.yaml
   * @param boardFolder where that lies
   * @param version of the software
   * @param securityVersion grows when older software must not run any more
   * @param cache where downloads and compiled parts are kept
   * @param out the result's directory
   * @param dataMib of the data partition
   */
  public record Order(
      Platform platform,
      Path boardFolder,
      String version,
      long securityVersion,
      Path cache,
      Path out,
      int dataMib) {
    /** The board's name. */
    public String board() {
      return platform.id();
    }

    /** Tells images apart; the same board and version have the same. */
    UUID uuid(String what) {
      return UUID.nameUUIDFromBytes(derived(what));
    }

    /** Neither secret nor random: where things lie on this machine does not enter. */
    byte[] derived(String what) {
      return Sha256.of(
          ("refcam " + board() + " " + version + " " + what).getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * What a bundle takes.
   *
   * @param tree of the root file system
   * @param loader U-Boot with its public key, or UEFI's firmware
   */
  public record Built(Path boot, Path root, VerityRoot tree, Path loader, Path card) {}

  /**
   * The keys of an image.
   *
   * @param boot signs the FIT, or the kernel image that UEFI starts
   * @param loader signs boot.img, on boards that have one
   * @param owner who may change what UEFI trusts, on boards that have it
   */
  public record Keys(BootKey boot, Optional<BootKey> loader, Optional<UefiKeys> owner) {}

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
   * @throws IOException also if a part does not fit its partition, or the root file system holds
   *     what none may: {@link RootContents}
   */
  public Built build(Order order, Keys keys, Path trust) throws IOException {
    Path work = Files.createDirectories(order.out().resolve("work")).toAbsolutePath();
    Path cache = order.cache().toAbsolutePath();
    progress.accept("1/6 boot loader");
    boolean uefi = order.platform().boot().image() == Platform.BootImage.UKI;
    scripts.run(uefi ? "uefi/build" : "uboot/build", order.board(), cache.toString());
    progress.accept("2/6 root file system");
    scripts.run(
        "rootfs/build",
        order.board(),
        cache.toString(),
        work.toString(),
        order.version(),
        Long.toString(order.securityVersion()),
        trust.toAbsolutePath().toString());
    List<String> faults = RootContents.faults(work.resolve("root"));
    if (!faults.isEmpty()) {
      throw new IOException("the root file system: " + String.join("; ", faults));
    }
    try {
      Path loader = cache.resolve(order.board());
      return uefi ? assembleUefi(order, keys, work, loader) : assemble(order, keys, work, loader);
    } catch (InvalidFdtException e) {
      throw new IOException("the board's device tree: " + e.getMessage(), e);
    }
  }

  private Built assemble(Order order, Keys keys, Path work, Path loader)
      throws IOException, InvalidFdtException {
    Path root = work.resolve("root.squashfs");
    byte[] salt = order.derived("salt");
    VerityRoot tree = appendTree(root, salt, order);
    progress.accept("4/6 signed boot image");
    Path boot = work.resolve("boot.fit");
    byte[] initramfs = initramfs(work, tree, salt);
    Files.write(boot, fit(work, initramfs, keys.boot()));
    Path program = order.out().resolve("loader.bin");
    Files.write(
        program,
        BootImage.loader(
            Files.readAllBytes(loader.resolve("u-boot-nodtb.bin")),
            Files.readAllBytes(loader.resolve("base.dtb")),
            keys.boot().publicKey()));
    partitions(order, work, loader.resolve("mkenvimage").toString());
    Map<String, Path> contents = new LinkedHashMap<>();
    if (order.platform().boot().loader() != Loader.NONE) {
      contents.put(
          "loader",
          new PiLoader(order, work, scripts).make(Files.readAllBytes(program), keys.loader()));
    }
    return new Built(boot, root, tree, program, card(order, work, boot, contents));
  }

  private Built assembleUefi(Order order, Keys keys, Path work, Path firmware)
      throws IOException, InvalidFdtException {
    Path root = work.resolve("root.squashfs");
    byte[] salt = order.derived("salt");
    VerityRoot tree = appendTree(root, salt, order);
    progress.accept("4/6 signed boot image");
    UefiCard uefi = new UefiCard(order, keys, work, scripts);
    Path boot = uefi.boot(initramfs(work, tree, salt));
    Path loader = uefi.firmware(firmware);
    partitions(order, work, "-");
    return new Built(boot, root, tree, loader, card(order, work, boot, new LinkedHashMap<>()));
  }

  private void partitions(Order order, Path work, String mkenvimage) throws IOException {
    progress.accept("5/6 partitions");
    scripts.run(
        "rootfs/partitions",
        mkenvimage,
        work.toString(),
        Long.toString(order.securityVersion()),
        Integer.toString(order.platform().partition("state").sizeMib()),
        Integer.toString(order.dataMib()));
  }

  /**
   * @param more what lies in partitions beside slot A, state and data
   */
  private static Path card(Order order, Path work, Path boot, Map<String, Path> more)
      throws IOException {
    more.put("boot_a", boot);
    more.put("root_a", work.resolve("root.squashfs"));
    more.put("state", work.resolve("state.img"));
    more.put("data", work.resolve("data.img"));
    Path card = order.out().resolve("card.img");
    CardLayout.write(card, order, more);
    return card;
  }

  private VerityRoot appendTree(Path squashfs, byte[] salt, Order order) throws IOException {
    progress.accept("3/6 hash tree");
    try (FileChannel file =
        FileChannel.open(squashfs, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return VerityWriter.append(file, salt, order.uuid("verity"));
    }
  }

  private static byte[] initramfs(Path work, VerityRoot root, byte[] salt) throws IOException {
    return CpioWriter.of(
        work.resolve("initramfs"), "verity", BootImage.rootDescription(root, salt));
  }

  private static byte[] fit(Path work, byte[] initramfs, BootKey key)
      throws IOException, InvalidFdtException {
    return BootImage.fit(
        work.resolve("Image.gz"),
        Long.decode(Files.readString(work.resolve("kernel-address")).strip()),
        initramfs,
        Files.readAllBytes(work.resolve("board.dtb")),
        Files.readString(work.resolve("kernel-line")).strip(),
        key.signer(),
        TIME);
  }
}
