// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.refcam.disk.Partition;
import org.refcam.uefi.LoadOption;

/**
 * Where a partition lies, as the kernel and udev tell those who may not read the whole disk.
 *
 * <pre>
 *   /dev/disk/by-partlabel/NAME            leads to its device
 *   /dev/disk/by-partuuid/GUID             leads to the same
 *   /sys/class/block/DEVICE/partition      its number
 *   /sys/class/block/DEVICE/start, size    in sectors of 512 bytes, whatever the medium's are
 * </pre>
 *
 * Immutable.
 *
 * @param byLabel {@code /dev/disk/by-partlabel}
 * @param blockDevices {@code /sys/class/block}
 */
record PartitionFacts(Path byLabel, Path blockDevices) {
  /**
   * The entry of the boot manager that leads there.
   *
   * @throws IOException if there is no such partition, or what is said of it is none
   */
  LoadOption option(String name, String description) throws IOException {
    Path device = byLabel.resolve(name).toRealPath();
    Path facts = blockDevices.resolve(String.valueOf(device.getFileName()));
    try {
      Partition partition =
          new Partition(
              name,
              Partition.EFI_SYSTEM,
              guid(device),
              number(facts, "start"),
              number(facts, "size"));
      return new LoadOption(
          description,
          Math.toIntExact(number(facts, "partition")),
          partition,
          LoadOption.REMOVABLE_ARM64);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("no facts of a partition in " + facts, e);
    }
  }

  private static long number(Path facts, String name) throws IOException {
    return Long.parseLong(Files.readString(facts.resolve(name)).strip());
  }

  private UUID guid(Path device) throws IOException {
    Path byGuid = byLabel.resolveSibling("by-partuuid");
    try (Stream<Path> links = Files.list(byGuid)) {
      for (Path link : links.sorted().toList()) {
        if (link.toRealPath().equals(device)) {
          return UUID.fromString(String.valueOf(link.getFileName()));
        }
      }
    }
    throw new NoSuchFileException(byGuid + " has none for " + device);
  }
}
