// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.refcam.bytes.ByteRegion;
import org.refcam.disk.GptGrowth;
import org.refcam.disk.InvalidDiskException;
import org.refcam.disk.Partition;
import org.refcam.kernel.KernelPartitions;
import org.refcam.storage.BlockDevice;
import org.refcam.storage.BlockDevices;
import org.refcam.storage.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code refcam grow}: what a board's image runs once, before its data partition is mounted. */
@Command(
    name = "grow",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the last partition of a card as large as the card allows, and tells the kernel.",
      "The power may fail meanwhile: run again, it goes on. A file system in it grows by itself when it is mounted."
    })
final class GrowCommand implements Callable<Integer> {
  private static final Path BLOCK_DEVICES = Path.of("/sys/class/block");
  private static final int SECTOR = 512;

  @Parameters(
      paramLabel = "PARTITION",
      description = "Such as /dev/disk/by-partlabel/data; its name is the partition's")
  Path partition = Path.of("");

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "The card is this file, and PARTITION a name in it; no kernel is told")
  Optional<Path> image = Optional.empty();

  @Override
  public Integer call() throws IOException {
    String name = String.valueOf(partition.getFileName());
    if (image.isPresent()) {
      say(name, grow(image.get(), name));
      return 0;
    }
    // /sys/class/block/vda6 leads to /sys/devices/.../vda/vda6
    Path device = partition.toRealPath();
    Path facts = BLOCK_DEVICES.resolve(String.valueOf(device.getFileName())).toRealPath();
    Path disk = device.resolveSibling(String.valueOf(Storage.parent(facts).getFileName()));
    Optional<Partition> grown = grow(disk, name);
    if (grown.isPresent()) {
      int number = Integer.parseInt(Files.readString(facts.resolve("partition")).strip());
      Partition now = grown.get();
      KernelPartitions.resize(disk, number, now.firstSector() * SECTOR, now.sectors() * SECTOR);
    }
    say(name, grown);
    return 0;
  }

  private static Optional<Partition> grow(Path disk, String name) throws IOException {
    try (FileChannel channel = FileChannel.open(disk, StandardOpenOption.READ);
        BlockDevice device = BlockDevices.real().open(disk)) {
      return GptGrowth.grow(
          ByteRegion.of(channel), (offset, bytes) -> write(device, offset, bytes), name);
    } catch (InvalidDiskException e) {
      throw new IOException(disk + ": " + e.getMessage(), e);
    }
  }

  private static void write(BlockDevice disk, long offset, byte[] bytes) throws IOException {
    disk.write(offset, bytes, 0, bytes.length);
    disk.sync();
  }

  private static void say(String name, Optional<Partition> grown) {
    System.out.println(
        grown
            .map(now -> name + " has " + now.sectors() * SECTOR + " bytes now")
            .orElse(name + " is as large as it can be"));
  }
}
