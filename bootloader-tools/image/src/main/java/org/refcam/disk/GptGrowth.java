// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.refcam.bytes.ByteRegion;
import org.refcam.bytes.TruncatedException;
import org.refcam.disk.InvalidDiskException.Reason;

/**
 * Makes the last partition of a card as large as the card, which is larger than the image that was
 * written to it. The power may fail at any time: the table in front is whole before and after each
 * write, and a later call goes on.
 *
 * <pre>
 *   1. MBR: its protective entry reaches to the card's new end
 *   2. the new backup at the card's end: entries, then its header; nobody looks there yet
 *   3. header 1: the new size, the backup's place, and the entries of the backup as its own
 *   4. the entries behind header 1, which are nobody's now
 *   5. header 1: these entries
 * </pre>
 *
 * <p>Steps 1, 3 and 5 are one sector each, which a medium writes whole or not at all; that is what
 * this relies on, and that a write that was synced stays. Stateless.
 */
public final class GptGrowth {
  private static final int SECTOR = PartitionTable.SECTOR;
  private static final int MBR_ENTRY = 446;
  private static final int MBR_ENTRY_BYTES = 16;
  private static final int MBR_ENTRIES = 4;
  private static final byte PROTECTIVE = (byte) 0xEE;
  private static final long MBR_SECTORS_MAX = 0xFFFFFFFFL;

  /** Where the card is changed. */
  @FunctionalInterface
  public interface Writer {
    /** Writes over what is there; durable when this returns. */
    void write(long offset, byte[] bytes) throws IOException;
  }

  private GptGrowth() {}

  /**
   * @param disk all of the card, read while it is written
   * @param name of the partition
   * @return the partition as it is now; empty if it was as large as it can be
   * @throws InvalidDiskException if the table is not whole, or BOUNDS if another partition lies
   *     behind this one
   */
  public static Optional<Partition> grow(ByteRegion disk, Writer writer, String name)
      throws IOException, InvalidDiskException {
    PartitionTable old = GptReader.read(disk);
    PartitionTable grown = grown(old, disk.size() / SECTOR, name);
    boolean moved = GptReader.entriesAt(disk) != 2;
    if (grown.equals(old) && !moved) {
      return Optional.empty();
    }
    byte[] entries = GptWriter.entries(grown);
    long last = grown.sectors() - 1;
    long backup = last - PartitionTable.ENTRY_SECTORS;
    if (!grown.equals(old)) {
      writer.write(0, mbr(disk, old.sectors(), grown.sectors()));
      writer.write(backup * SECTOR, entries);
      writer.write(last * SECTOR, GptWriter.header(grown, entries, last, 1, backup));
      writer.write(SECTOR, GptWriter.header(grown, entries, 1, last, backup));
    }
    writer.write(2L * SECTOR, entries);
    writer.write(SECTOR, GptWriter.header(grown, entries, 1, last, 2));
    return grown.find(name);
  }

  private static PartitionTable grown(PartitionTable old, long sectors, String name)
      throws InvalidDiskException {
    Partition last =
        old.partitions().stream()
            .max(Comparator.comparingLong(Partition::firstSector))
            .filter(partition -> partition.name().equals(name))
            .orElseThrow(() -> new InvalidDiskException(Reason.BOUNDS, name + " is not the last"));
    long usable = PartitionTable.lastUsable(sectors) + 1;
    long end = usable - usable % PartitionTable.ALIGNMENT;
    if (end <= last.endSector()) {
      return old;
    }
    List<Partition> partitions = new ArrayList<>(old.partitions());
    partitions.set(
        partitions.indexOf(last),
        new Partition(
            last.name(), last.type(), last.guid(), last.firstSector(), end - last.firstSector()));
    return new PartitionTable(old.diskGuid(), sectors, partitions);
  }

  /** The sector with its protective entry grown, if that reached to the end; others stay. */
  private static byte[] mbr(ByteRegion disk, long old, long sectors)
      throws IOException, InvalidDiskException {
    byte[] bytes;
    try {
      bytes = disk.read(0, SECTOR);
    } catch (TruncatedException e) {
      throw new InvalidDiskException(Reason.BOUNDS, "no MBR");
    }
    ByteBuffer mbr = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < MBR_ENTRIES; i++) {
      int entry = MBR_ENTRY + i * MBR_ENTRY_BYTES;
      if (mbr.get(entry + 4) == PROTECTIVE
          && mbr.getInt(entry + 8) == 1
          && (mbr.getInt(entry + 12) & MBR_SECTORS_MAX) == old - 1) {
        mbr.putInt(entry + 12, (int) Math.min(sectors - 1, MBR_SECTORS_MAX));
      }
    }
    return bytes;
  }
}
