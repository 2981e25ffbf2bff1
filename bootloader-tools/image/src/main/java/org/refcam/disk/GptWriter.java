// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import org.refcam.bytes.ByteRegion;
import org.refcam.bytes.TruncatedException;

/** Writes partition tables and fills partitions. Same table, same bytes. Stateless. */
public final class GptWriter {
  static final int HEADER_BYTES = 92;
  static final long REVISION = 0x00010000;
  static final byte[] SIGNATURE = "EFI PART".getBytes(StandardCharsets.US_ASCII);

  private static final int SECTOR = PartitionTable.SECTOR;
  private static final int MBR_ENTRY = 446;
  private static final int MBR_ENTRY_BYTES = 16;
  private static final byte PROTECTIVE = (byte) 0xEE;
  private static final byte FAT32_LBA = 0x0C;
  private static final long MBR_SECTORS_MAX = 0xFFFFFFFFL;

  private GptWriter() {}

  /** Writes both copies of a table with a protective MBR; the file gets the disk's length. */
  public static void write(FileChannel disk, PartitionTable table) throws IOException {
    write(disk, table, Optional.empty());
  }

  /**
   * The same, with one partition in the MBR too, for boot ROMs that know no GPT (BCM2710).
   *
   * @param inMbr a FAT partition's name
   * @throws IllegalArgumentException if there is no such partition, or it is beyond 2 TiB
   */
  public static void writeHybrid(FileChannel disk, PartitionTable table, String inMbr)
      throws IOException {
    Partition partition =
        table.find(inMbr).orElseThrow(() -> new IllegalArgumentException("no " + inMbr));
    if (partition.endSector() > MBR_SECTORS_MAX) {
      throw new IllegalArgumentException(inMbr + " is beyond the MBR");
    }
    write(disk, table, Optional.of(partition));
  }

  private static void write(FileChannel disk, PartitionTable table, Optional<Partition> inMbr)
      throws IOException {
    long last = table.sectors() - 1;
    byte[] entries = entries(table);
    // The backup first: a file that is too short grows to the disk's length.
    put(disk, last, header(table, entries, last, 1, last - PartitionTable.ENTRY_SECTORS));
    put(disk, last - PartitionTable.ENTRY_SECTORS, entries);
    put(disk, 0, mbr(table, inMbr));
    put(disk, 1, header(table, entries, 1, last, 2));
    put(disk, 2, entries);
  }

  /**
   * Copies a file to the beginning of a partition.
   *
   * @throws IOException if it is longer than the partition
   */
  public static void fill(FileChannel disk, Partition partition, FileChannel content)
      throws IOException {
    long length = content.size();
    if (length > partition.sectors() * SECTOR) {
      throw new IOException(length + " bytes do not fit into " + partition.name());
    }
    try {
      ByteRegion from = ByteRegion.of(content);
      byte[] buffer = new byte[1 << 16];
      for (long at = 0; at < length; at += buffer.length) {
        if (length - at < buffer.length) {
          buffer = new byte[(int) (length - at)];
        }
        from.read(at, buffer);
        writeFully(disk, partition.firstSector() * SECTOR + at, ByteBuffer.wrap(buffer));
      }
    } catch (TruncatedException e) {
      throw new IOException("the content became shorter while it was read", e);
    }
  }

  static byte[] entries(PartitionTable table) {
    ByteBuffer out = little(PartitionTable.ENTRIES * PartitionTable.ENTRY_BYTES);
    int at = 0;
    for (Partition partition : table.partitions()) {
      out.position(at);
      guid(out, partition.type());
      guid(out, partition.guid());
      out.putLong(partition.firstSector()).putLong(partition.endSector() - 1).putLong(0);
      out.put(partition.name().getBytes(StandardCharsets.UTF_16LE));
      at += PartitionTable.ENTRY_BYTES;
    }
    return out.array();
  }

  static byte[] header(PartitionTable table, byte[] entries, long own, long other, long entriesAt) {
    ByteBuffer out = little(SECTOR);
    out.put(SIGNATURE).putInt((int) REVISION).putInt(HEADER_BYTES).putInt(0).putInt(0);
    out.putLong(own).putLong(other);
    out.putLong(PartitionTable.FIRST_USABLE).putLong(PartitionTable.lastUsable(table.sectors()));
    guid(out, table.diskGuid());
    out.putLong(entriesAt).putInt(PartitionTable.ENTRIES).putInt(PartitionTable.ENTRY_BYTES);
    out.putInt((int) crc(entries, entries.length));
    out.putInt(16, (int) crc(out.array(), HEADER_BYTES));
    return out.array();
  }

  private static byte[] mbr(PartitionTable table, Optional<Partition> inMbr) {
    ByteBuffer out = little(SECTOR);
    long end = table.sectors();
    int entry = 0;
    if (inMbr.isPresent()) {
      Partition fat = inMbr.get();
      mbrEntry(out, entry++, FAT32_LBA, fat.firstSector(), fat.sectors());
      end = fat.firstSector();
    }
    mbrEntry(out, entry, PROTECTIVE, 1, Math.min(end - 1, MBR_SECTORS_MAX));
    out.put(SECTOR - 2, (byte) 0x55).put(SECTOR - 1, (byte) 0xAA);
    return out.array();
  }

  /** Cylinders, heads and sectors are those of a disk too large for them. */
  private static void mbrEntry(ByteBuffer out, int index, byte type, long first, long sectors) {
    out.position(MBR_ENTRY + index * MBR_ENTRY_BYTES);
    boolean protective = type == PROTECTIVE;
    out.put((byte) 0).put(protective ? new byte[] {0, 2, 0} : new byte[] {-2, -1, -1});
    out.put(type).put(new byte[] {-1, -1, -1});
    out.putInt((int) first).putInt((int) sectors);
  }

  static long crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  /** Mixed endian: the first three fields little, the rest big. */
  private static void guid(ByteBuffer out, UUID guid) {
    long high = guid.getMostSignificantBits();
    out.putInt((int) (high >>> 32)).putShort((short) (high >>> 16)).putShort((short) high);
    out.putLong(Long.reverseBytes(guid.getLeastSignificantBits()));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(FileChannel disk, long sector, byte[] bytes) throws IOException {
    writeFully(disk, sector * SECTOR, ByteBuffer.wrap(bytes));
  }

  private static void writeFully(FileChannel disk, long offset, ByteBuffer bytes)
      throws IOException {
    while (bytes.hasRemaining()) {
      disk.write(bytes, offset + bytes.position());
    }
  }
}
