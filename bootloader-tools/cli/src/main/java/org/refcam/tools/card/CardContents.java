// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.refcam.bytes.ByteRegion;
import org.refcam.chain.Link;
import org.refcam.chain.Link.Verdict;
import org.refcam.disk.GptReader;
import org.refcam.disk.InvalidDiskException;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;

/**
 * Looks into a card's root file systems, each unpacked by Debian's unsquashfs into a directory that
 * is removed again. Only those that verified are unpacked: the program reads no hostile bytes.
 * Confined to one thread.
 */
public final class CardContents {
  private static final String SLOT = "root_";

  private final Path card;

  public CardContents(Path card) {
    this.card = card;
  }

  /**
   * Adds a link for each verified root file system: consistent, or refused with what it must not
   * hold.
   *
   * @param links of {@link org.refcam.chain.CardVerifier}
   * @throws IOException also if unsquashfs is not installed
   */
  public void look(List<Link> links) throws IOException {
    for (Link link : List.copyOf(links)) {
      if (link.name().startsWith(SLOT) && link.verdict() == Verdict.VERIFIED) {
        links.add(contents(link.name()));
      }
    }
  }

  private Link contents(String name) throws IOException {
    Path directory = Files.createTempDirectory("refcam-contents-");
    try {
      Path squashfs = directory.resolve("squashfs");
      copy(name, squashfs);
      Path root = directory.resolve("root");
      unpack(squashfs, root);
      List<String> faults = RootContents.faults(root);
      return faults.isEmpty()
          ? new Link(
              name + " contents",
              Verdict.CONSISTENT,
              "no machine id, password, shell, setuid file, device, host key or private key found")
          : new Link(name + " contents", Verdict.REFUSED, String.join("; ", faults));
    } finally {
      remove(directory);
    }
  }

  private void copy(String name, Path to) throws IOException {
    try (FileChannel disk = FileChannel.open(card)) {
      PartitionTable table = GptReader.read(ByteRegion.of(disk));
      Optional<Partition> partition = table.find(name);
      if (partition.isEmpty()) {
        throw new IOException("no partition " + name);
      }
      disk.position(partition.get().firstSector() * PartitionTable.SECTOR);
      long length = partition.get().sectors() * PartitionTable.SECTOR;
      try (var out = Files.newOutputStream(to)) {
        long copied = disk.transferTo(disk.position(), length, Channels.newChannel(out));
        if (copied != length) {
          throw new IOException(name + " ends early");
        }
      }
    } catch (InvalidDiskException e) {
      throw new IOException("the card changed while it was looked at", e);
    }
  }

  private static void unpack(Path squashfs, Path to) throws IOException {
    Process process =
        new ProcessBuilder(
                "unsquashfs", "-n", "-q", "-no-xattrs", "-d", to.toString(), squashfs.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("unsquashfs failed with " + status);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
