// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.refcam.crypto.Sha256;
import org.refcam.storage.BlockDevices;
import org.refcam.update.EnvironmentFiles.Place;

/**
 * A board: U-Boot, an environment in two files, and for each slot a boot and a root partition. The
 * boot image is a stand-in for a signed FIT: a page of text that ends with its own hash and names
 * version, security version, and length and hash of the root file software.
 *
 * <pre>
 *   state/uboot.env, state/uboot-redund.env    the copies
 *   dev/boot_a, root_a, boot_b, root_b         the partitions
 * </pre>
 */
final class BoardLoader implements Loader {
  static final int PAGE = 4096;
  private static final int BOOT_BYTES = 80 << 10;
  private static final int ROOT_BYTES = 320 << 10;

  /** Of the factory's copies: the count turns over within a scenario. */
  private static final int FIRST_FLAGS = 250;

  private static final Path LOCKED_ENV = Path.of("../bootloader-tools/uboot/qemu-arm64/locked.env");

  private final Path disk;
  private final BlockDevices devices;

  /** What a boot image says, once its own hash is right. */
  private record Software(
      String version, long securityVersion, int rootfsBytes, String rootfsHash) {}

  BoardLoader(Path disk, BlockDevices devices) {
    this.disk = disk;
    this.devices = devices;
  }

  /** Puts a board's first system into slot A, confirmed, as its card is written. */
  static void factory(Path disk, String version, byte[] rootfs) throws IOException {
    Path dev = Files.createDirectory(disk.resolve("dev"));
    Path state = Files.createDirectory(disk.resolve("state"));
    Files.write(dev.resolve("boot_a"), Arrays.copyOf(bootImage(version, 0, rootfs), BOOT_BYTES));
    Files.write(dev.resolve("root_a"), Arrays.copyOf(rootfs, ROOT_BYTES));
    Files.write(dev.resolve("boot_b"), new byte[BOOT_BYTES]);
    Files.write(dev.resolve("root_b"), new byte[ROOT_BYTES]);
    byte[] copy = UBoot.encode(Map.of("BOOT_ORDER", "A", "REFCAM_A_SECURITY", "0"), FIRST_FLAGS);
    for (String name : UBoot.COPIES) {
      Files.write(state.resolve(name), copy);
    }
  }

  /** A page. */
  static byte[] bootImage(String version, long securityVersion, byte[] rootfs) {
    String said =
        String.join(" ", "FIT", version, "" + securityVersion, "" + rootfs.length, hash(rootfs));
    String whole = said + " " + hash(said.getBytes(StandardCharsets.US_ASCII)) + " ";
    return Arrays.copyOf(whole.getBytes(StandardCharsets.US_ASCII), PAGE);
  }

  private static String hash(byte[] bytes) {
    return Sha256.hex(bytes);
  }

  /** Stricter than U-Boot, which goes on to the next slot: what it comes to has to be whole. */
  @Override
  public SlotName boot() throws IOException {
    UBoot.Verifier verifier =
        partition -> {
          read(partition);
          return true;
        };
    return new UBoot(disk.resolve("state"), devices, LOCKED_ENV, verifier).boot();
  }

  @Override
  public SlotState state() throws IOException {
    return slots(SlotName.A, 0).state();
  }

  @Override
  public String version(SlotName slot) throws IOException {
    Software software = read("boot_" + letter(slot));
    byte[] device = Files.readAllBytes(device("root_" + letter(slot)));
    if (!hash(Arrays.copyOf(device, software.rootfsBytes)).equals(software.rootfsHash)) {
      throw new IllegalStateException("slot " + slot + " holds a damaged root file system");
    }
    return software.version;
  }

  @Override
  public long securityVersion(SlotName slot) throws IOException {
    return read("boot_" + letter(slot)).securityVersion;
  }

  private Software read(String partition) throws IOException {
    byte[] page = Arrays.copyOf(Files.readAllBytes(device(partition)), PAGE);
    String[] words = new String(page, StandardCharsets.US_ASCII).split(" ", -1);
    if (words.length != 7 || !words[0].equals("FIT")) {
      throw new IllegalStateException(partition + " holds no boot image");
    }
    String said = String.join(" ", Arrays.copyOf(words, 5));
    if (!words[5].equals(hash(said.getBytes(StandardCharsets.US_ASCII)))) {
      throw new IllegalStateException(partition + " holds a damaged boot image");
    }
    return new Software(words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]), words[4]);
  }

  private Path device(String partition) {
    return disk.resolve("dev").resolve(partition);
  }

  private static String letter(SlotName slot) {
    return slot.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Slots slots(SlotName running) throws IOException {
    return slots(running, securityVersion(running));
  }

  private Slots slots(SlotName running, long securityVersion) {
    Path state = disk.resolve("state");
    return new UBootSlots(
        new EnvironmentStore(
            new EnvironmentFiles(
                new Place(state.resolve(UBoot.COPIES.get(0)), 0, UBoot.ENVIRONMENT_BYTES),
                new Place(state.resolve(UBoot.COPIES.get(1)), 0, UBoot.ENVIRONMENT_BYTES),
                devices)),
        new Partitions(
            Map.of(SlotName.A, partitions(SlotName.A), SlotName.B, partitions(SlotName.B)),
            devices),
        running,
        securityVersion);
  }

  Map<String, Path> partitions(SlotName slot) {
    return Map.of("boot", device("boot_" + letter(slot)), "rootfs", device("root_" + letter(slot)));
  }
}
