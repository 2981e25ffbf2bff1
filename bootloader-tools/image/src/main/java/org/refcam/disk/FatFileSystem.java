// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.refcam.bytes.ByteRegion;
import org.refcam.bytes.TruncatedException;
import org.refcam.disk.InvalidDiskException.Reason;

/**
 * Reads files of a FAT12, FAT16 or FAT32 file system that may be hostile. Immutable.
 *
 * <pre>
 *   | boot sector, reserved | table | its copies | root directory (not FAT32) | clusters from 2 on |
 * </pre>
 */
public final class FatFileSystem {
  private static final int FAT12_CLUSTERS = 4085;
  private static final int DIRECTORY_BYTES_MAX = 1 << 20;

  private final ByteRegion region;
  private final int bits;
  private final long tableAt;
  private final long clustersAt;
  private final long clusterCount;
  private final int clusterBytes;
  private final List<FatDirectory.Entry> root;

  private FatFileSystem(ByteRegion region)
      throws IOException, TruncatedException, InvalidDiskException {
    this.region = region;
    ByteBuffer boot = ByteBuffer.wrap(region.read(0, 512)).order(ByteOrder.LITTLE_ENDIAN);
    int sector = boot.getShort(11) & 0xFFFF;
    int perCluster = boot.get(13) & 0xFF;
    long reserved = boot.getShort(14) & 0xFFFF;
    int tables = boot.get(16) & 0xFF;
    int rootEntries = boot.getShort(17) & 0xFFFF;
    long small = boot.getShort(22) & 0xFFFF;
    long tableSectors = small != 0 ? small : boot.getInt(36) & 0xFFFFFFFFL;
    long total = boot.getShort(19) & 0xFFFF;
    total = total != 0 ? total : boot.getInt(32) & 0xFFFFFFFFL;
    if (!isFat(boot)
        || Integer.bitCount(sector) != 1
        || sector < 512
        || sector > 4096
        || Integer.bitCount(perCluster) != 1
        || reserved == 0
        || tables == 0) {
      throw new InvalidDiskException(Reason.FORMAT, "no FAT file system");
    }
    clusterBytes = sector * perCluster;
    tableAt = reserved * sector;
    long rootAt = tableAt + tables * tableSectors * sector;
    clustersAt = rootAt + (rootEntries * 32L + sector - 1) / sector * sector;
    clusterCount = (total * sector - clustersAt) / clusterBytes;
    if (clusterCount < 1 || clustersAt + clusterCount * clusterBytes > region.size()) {
      throw new InvalidDiskException(Reason.BOUNDS, "the file system is larger than its partition");
    }
    bits = small == 0 ? 32 : clusterCount < FAT12_CLUSTERS ? 12 : 16;
    byte[] directory =
        bits == 32
            ? chain(boot.getInt(44) & 0x0FFFFFFFL, DIRECTORY_BYTES_MAX, Optional.empty())
            : region.read(rootAt, rootEntries * 32);
    root = FatDirectory.parse(directory);
  }

  /** Whether a partition begins as a FAT file system does. */
  public static boolean isFat(ByteRegion region) throws IOException {
    try {
      return isFat(ByteBuffer.wrap(region.read(0, 512)));
    } catch (TruncatedException e) {
      return false; // too short to be one
    }
  }

  private static boolean isFat(ByteBuffer boot) {
    int jump = boot.get(0) & 0xFF;
    return (jump == 0xEB || jump == 0xE9) && boot.get(510) == 0x55 && boot.get(511) == (byte) 0xAA;
  }

  /**
   * @throws InvalidDiskException FORMAT, BOUNDS, or CHAIN for the root directory's clusters
   */
  public static FatFileSystem open(ByteRegion region) throws IOException, InvalidDiskException {
    try {
      return new FatFileSystem(region);
    } catch (TruncatedException e) {
      throw new InvalidDiskException(Reason.BOUNDS, String.valueOf(e.getMessage()));
    }
  }

  /** Names of the root directory's files. */
  public List<String> names() {
    return root.stream().filter(e -> !e.isDirectory()).map(FatDirectory.Entry::name).toList();
  }

  /**
   * Names of a directory's files and directories, the latter with {@code /} behind them; none if
   * there is no such directory.
   *
   * @param directory in any case; empty for the root, {@code /} between directories
   */
  public List<String> list(String directory) throws IOException, InvalidDiskException {
    try {
      return directory(directory.isEmpty() ? List.of() : List.of(directory.split("/", -1)))
          .orElse(List.of())
          .stream()
          .filter(e -> !e.name().equals(".") && !e.name().equals(".."))
          .map(e -> e.isDirectory() ? e.name() + "/" : e.name())
          .toList();
    } catch (TruncatedException e) {
      throw new InvalidDiskException(Reason.BOUNDS, directory + ": " + e.getMessage());
    }
  }

  /**
   * All of a file.
   *
   * @param name in any case, as FAT compares; {@code /} between directories
   * @param most bytes that are read
   * @return empty if there is no such file
   * @throws InvalidDiskException TOO_LARGE, or CHAIN if its clusters are not as long as it says
   */
  public Optional<byte[]> read(String name, int most) throws IOException, InvalidDiskException {
    List<String> parts = List.of(name.split("/", -1));
    int last = parts.size() - 1;
    try {
      Optional<FatDirectory.Entry> entry =
          directory(parts.subList(0, last)).flatMap(d -> find(d, parts.get(last), false));
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      long size = entry.get().size();
      if (size > most) {
        throw new InvalidDiskException(Reason.TOO_LARGE, name + " has " + size + " bytes");
      }
      return Optional.of(
          size == 0 ? new byte[0] : chain(entry.get().cluster(), most, Optional.of((int) size)));
    } catch (TruncatedException e) {
      throw new InvalidDiskException(Reason.BOUNDS, name + ": " + e.getMessage());
    }
  }

  private Optional<List<FatDirectory.Entry>> directory(List<String> path)
      throws IOException, TruncatedException, InvalidDiskException {
    List<FatDirectory.Entry> directory = root;
    for (String part : path) {
      Optional<FatDirectory.Entry> next = find(directory, part, true);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      directory =
          FatDirectory.parse(chain(next.get().cluster(), DIRECTORY_BYTES_MAX, Optional.empty()));
    }
    return Optional.of(directory);
  }

  private static Optional<FatDirectory.Entry> find(
      List<FatDirectory.Entry> directory, String name, boolean isDirectory) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return directory.stream()
        .filter(e -> e.isDirectory() == isDirectory)
        .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  /** The bytes of a row of clusters: as many as asked for, or up to the row's end. */
  private byte[] chain(long first, int most, Optional<Integer> length)
      throws IOException, TruncatedException, InvalidDiskException {
    ByteBuffer out = ByteBuffer.allocate(length.orElse(most));
    long cluster = first;
    while (out.hasRemaining() && (length.isPresent() || !isEnd(cluster))) {
      if (cluster < 2 || cluster >= clusterCount + 2) {
        throw new InvalidDiskException(Reason.CHAIN, "a file leads to cluster " + cluster);
      }
      long at = clustersAt + (cluster - 2) * clusterBytes;
      out.put(region.read(at, Math.min(clusterBytes, out.remaining())));
      cluster = next(cluster);
    }
    // A row that runs in a circle ends here too: at the file's length, or at the most.
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private long next(long cluster) throws IOException, TruncatedException {
    if (bits == 12) {
      ByteBuffer pair =
          ByteBuffer.wrap(region.read(tableAt + cluster + cluster / 2, 2))
              .order(ByteOrder.LITTLE_ENDIAN);
      int value = pair.getShort(0) & 0xFFFF;
      return cluster % 2 == 0 ? value & 0xFFF : value >>> 4;
    }
    int bytes = bits == 16 ? 2 : 4;
    ByteBuffer entry =
        ByteBuffer.wrap(region.read(tableAt + cluster * bytes, bytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    return bits == 16 ? entry.getShort(0) & 0xFFFF : entry.getInt(0) & 0x0FFFFFFFL;
  }

  private boolean isEnd(long cluster) {
    return cluster >= (bits == 12 ? 0xFF8 : bits == 16 ? 0xFFF8 : 0x0FFFFFF8L);
  }
}
