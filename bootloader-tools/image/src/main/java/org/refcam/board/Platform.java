// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import java.util.List;
import java.util.Optional;

/**
 * What building an image for a board must know of it. Immutable.
 *
 * @param id the board's
 * @param architectures as Debian or uname name them: {@code aarch64}, {@code armhf}, {@code x86_64}
 * @param memoryFloorMib the least memory that the board is sold with
 * @param boot how it boots
 * @param partitions in the order of their numbers; empty for a board that we make no image for
 * @param commandLine of the kernel, without root hash and slot
 * @param modules that the initramfs and the system load
 * @param deviceTree file under the kernel's device trees; empty if the machine makes its own
 * @param watchdog the hardware's; empty if there is none
 */
public record Platform(
    String id,
    List<String> architectures,
    int memoryFloorMib,
    Boot boot,
    List<PartitionPlan> partitions,
    String commandLine,
    List<String> modules,
    Optional<String> deviceTree,
    Optional<Watchdog> watchdog) {

  /** What the boot loader takes. */
  public enum BootImage {
    /** None of ours: the machine runs some Linux. */
    NONE,
    /** A signed FIT in a raw partition. */
    FIT,
    /** {@code boot.img} and {@code boot.sig} in a FAT partition. */
    PI_BOOT_IMG,
    /** A signed unified kernel image in an EFI system partition. */
    UKI
  }

  /** What the card holds in front of the boot images. */
  public enum Loader {
    /** Nothing: the boot loader is elsewhere. */
    NONE,
    /** Raspberry Pi's firmware files and U-Boot in a FAT partition {@code loader}. */
    PI_FILES,
    /** The same inside {@code boot.img}, with {@code boot.sig} beside it. */
    PI_BOOT_IMG
  }

  /** Who verifies the first thing that we write. */
  public enum Assurance {
    /** Nobody: who writes the card decides what runs. */
    NONE,
    /** The machine that starts the boot loader, such as an emulator's own file. */
    MACHINE,
    /** A boot ROM with a key hash in one-time memory, once that was written. */
    ROM
  }

  /**
   * @param loader what is in the partition {@code loader}
   * @param slots where the slot's state is kept: {@code directory}, {@code u-boot-environment},
   *     {@code uefi-variables}, {@code tryboot}
   * @param firstPartitionMib where partitions begin
   */
  public record Boot(
      BootImage image, Loader loader, String slots, Assurance assurance, int firstPartitionMib) {}

  /**
   * @param type {@code linux}, {@code fat} or {@code efi}
   */
  public record PartitionPlan(String name, String type, int sizeMib) {}

  /**
   * @param driver the kernel's module
   * @param timeoutSeconds at most
   */
  public record Watchdog(String driver, int timeoutSeconds) {}

  public Platform {
    architectures = List.copyOf(architectures);
    partitions = List.copyOf(partitions);
    modules = List.copyOf(modules);
  }

  /**
   * @throws IllegalArgumentException if there is no partition of this name
   */
  public PartitionPlan partition(String name) {
    return partitions.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(id + " has no partition " + name));
  }

  static Platform of(Fields root) {
    Fields boot = root.fields("boot");
    Fields kernel = root.fields("kernel");
    return new Platform(
        root.text("id"),
        root.texts("architectures"),
        root.fields("memory").number("floorMiB"),
        new Boot(
            image(boot.text("image")),
            loader(boot.find("loaderImage").orElse("")),
            boot.text("slots"),
            assurance(root.fields("assurance").text("level")),
            boot.findNumber("firstPartitionMiB").orElse(1)),
        root.list("partitions").stream()
            .map(p -> new PartitionPlan(p.text("name"), p.text("type"), p.number("sizeMiB")))
            .toList(),
        kernel.text("commandLine"),
        kernel.texts("modules"),
        kernel.find("deviceTree"),
        root.findFields("watchdog")
            .map(w -> new Watchdog(w.text("driver"), w.number("timeoutSeconds"))));
  }

  private static BootImage image(String name) {
    return switch (name) {
      case "fit" -> BootImage.FIT;
      case "pi-boot-img" -> BootImage.PI_BOOT_IMG;
      case "uki" -> BootImage.UKI;
      default -> BootImage.NONE;
    };
  }

  private static Loader loader(String name) {
    return switch (name) {
      case "pi-files" -> Loader.PI_FILES;
      case "pi-boot-img" -> Loader.PI_BOOT_IMG;
      default -> Loader.NONE;
    };
  }

  private static Assurance assurance(String level) {
    return switch (level) {
      case "machine" -> Assurance.MACHINE;
      case "rom" -> Assurance.ROM;
      default -> Assurance.NONE;
    };
  }
}
