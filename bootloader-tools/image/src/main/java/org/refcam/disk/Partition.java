// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import java.util.UUID;

/**
 * One partition.
 *
 * @param name 1 to 36 UTF-16 units
 * @param type what is in it, see {@link #LINUX} and {@link #BASIC_DATA}
 * @param guid its own
 * @param firstSector of 512 bytes
 * @param sectors at least 1
 */
public record Partition(String name, UUID type, UUID guid, long firstSector, long sectors) {
  /** Linux file system data. */
  public static final UUID LINUX = UUID.fromString("0fc63daf-8483-4772-8e79-3d69d8477de4");

  /** A FAT file system that boards' firmware reads. */
  public static final UUID BASIC_DATA = UUID.fromString("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7");

  /** An EFI system partition. */
  public static final UUID EFI_SYSTEM = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

  static final int NAME_UNITS = 36;

  /** 512 TiB: far beyond every card, and far from where sums of sectors or bytes overflow. */
  private static final long SECTORS_MAX = 1L << 40;

  public Partition {
    if (name.isEmpty() || name.length() > NAME_UNITS || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not a partition's name: " + name);
    }
    if (firstSector < 1 || sectors < 1 || firstSector > SECTORS_MAX || sectors > SECTORS_MAX) {
      throw new IllegalArgumentException(name + " at " + firstSector + ", " + sectors + " sectors");
    }
  }

  /** The first sector behind it. */
  public long endSector() {
    return firstSector + sectors;
  }
}
