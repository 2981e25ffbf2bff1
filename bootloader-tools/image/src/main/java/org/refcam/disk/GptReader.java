// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.refcam.bytes.ByteRegion;
import org.refcam.bytes.TruncatedException;
import org.refcam.disk.InvalidDiskException.Reason;

/**
 * Reads partition tables of disk images that may be hostile: both copies must be whole and say the
 * same, since firmware and kernel may each read another one. Stateless.
 */
public final class GptReader {
  private static final int SECTOR = PartitionTable.SECTOR;

  private GptReader() {}

  /**
   * @param disk all of it; a card may be longer than the image that was written to it
   * @throws InvalidDiskException FORMAT, CHECKSUM, BACKUP_DIFFERS or BOUNDS
   */
  public static PartitionTable read(ByteRegion disk) throws IOException, InvalidDiskException {
    try {
      Header primary = header(disk, 1);
      Header backup = header(disk, primary.other);
      byte[] entries = entries(disk, primary);
      if (backup.other != 1
          || !backup.diskGuid.equals(primary.diskGuid)
          || !Arrays.equals(entries, entries(disk, backup))) {
        throw new InvalidDiskException(Reason.BACKUP_DIFFERS, "the two tables differ");
      }
      return new PartitionTable(primary.diskGuid, primary.other + 1, partitions(entries));
    } catch (TruncatedException | IllegalArgumentException e) {
      throw new InvalidDiskException(Reason.BOUNDS, String.valueOf(e.getMessage()));
    }
  }

  /** Where the table in front has its entries. */
  static long entriesAt(ByteRegion disk) throws IOException, InvalidDiskException {
    try {
      return header(disk, 1).entriesAt;
    } catch (TruncatedException e) {
      throw new InvalidDiskException(Reason.BOUNDS, String.valueOf(e.getMessage()));
    }
  }

  /** Of a partition, as far as the image reaches. */
  public static ByteRegion region(ByteRegion disk, Partition partition)
      throws InvalidDiskException {
    try {
      return disk.slice(partition.firstSector() * SECTOR, partition.sectors() * SECTOR);
    } catch (TruncatedException e) {
      throw new InvalidDiskException(Reason.BOUNDS, partition.name() + ": " + e.getMessage());
    }
  }

  private record Header(long other, UUID diskGuid, long entriesAt, int entriesCrc) {}

  private static Header header(ByteRegion disk, long sector)
      throws IOException, TruncatedException, InvalidDiskException {
    if (sector < 1 || sector > disk.size() / SECTOR - 1) {
      throw new InvalidDiskException(Reason.BOUNDS, "no header at sector " + sector);
    }
    byte[] bytes = disk.read(sector * SECTOR, SECTOR);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean known =
        Arrays.equals(bytes, 0, 8, GptWriter.SIGNATURE, 0, 8)
            && in.getInt(8) == GptWriter.REVISION
            && in.getInt(12) == GptWriter.HEADER_BYTES
            && in.getInt(80) == PartitionTable.ENTRIES
            && in.getInt(84) == PartitionTable.ENTRY_BYTES
            && in.getLong(24) == sector;
    if (!known) {
      throw new InvalidDiskException(Reason.FORMAT, "no GPT header at sector " + sector);
    }
    int crc = in.getInt(16);
    in.putInt(16, 0);
    if ((int) GptWriter.crc(bytes, GptWriter.HEADER_BYTES) != crc) {
      throw new InvalidDiskException(Reason.CHECKSUM, "header at sector " + sector);
    }
    return new Header(in.getLong(32), guid(in, 56), in.getLong(72), in.getInt(88));
  }

  private static byte[] entries(ByteRegion disk, Header header)
      throws IOException, TruncatedException, InvalidDiskException {
    if (header.entriesAt < 2 || header.entriesAt > disk.size() / SECTOR) {
      throw new InvalidDiskException(Reason.BOUNDS, "entries at sector " + header.entriesAt);
    }
    byte[] entries =
        disk.read(header.entriesAt * SECTOR, PartitionTable.ENTRIES * PartitionTable.ENTRY_BYTES);
    if ((int) GptWriter.crc(entries, entries.length) != header.entriesCrc) {
      throw new InvalidDiskException(Reason.CHECKSUM, "entries at sector " + header.entriesAt);
    }
    return entries;
  }

  private static List<Partition> partitions(byte[] entries) {
    ByteBuffer in = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < PartitionTable.ENTRIES; i++) {
      int at = i * PartitionTable.ENTRY_BYTES;
      UUID type = guid(in, at);
      if (type.getMostSignificantBits() != 0 || type.getLeastSignificantBits() != 0) {
        String padded =
            new String(entries, at + 56, 2 * Partition.NAME_UNITS, StandardCharsets.UTF_16LE);
        int end = padded.indexOf('\0');
        long first = in.getLong(at + 32);
        long last = in.getLong(at + 40);
        partitions.add(
            new Partition(
                end < 0 ? padded : padded.substring(0, end),
                type,
                guid(in, at + 16),
                first,
                last < first ? -1 : last - first + 1));
      }
    }
    return partitions;
  }

  private static UUID guid(ByteBuffer in, int at) {
    long high =
        (in.getInt(at) & 0xFFFFFFFFL) << 32
            | (in.getShort(at + 4) & 0xFFFFL) << 16
            | (in.getShort(at + 6) & 0xFFFFL);
    return new UUID(high, Long.reverseBytes(in.getLong(at + 8)));
  }
}
