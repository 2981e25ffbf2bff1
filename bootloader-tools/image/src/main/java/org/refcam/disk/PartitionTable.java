// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A GUID partition table of sectors of 512 bytes:
 *
 * <pre>
 *   0             1        2            34                     -33           -1
 *   | MBR         | header | 128 entries | partitions ...      | 128 entries | header |
 * </pre>
 *
 * @param diskGuid the disk's own
 * @param sectors of the whole disk
 * @param partitions in the order of their numbers; none overlaps another
 */
public record PartitionTable(UUID diskGuid, long sectors, List<Partition> partitions) {
  /** Bytes of a sector. */
  public static final int SECTOR = 512;

  static final int ENTRIES = 128;
  static final int ENTRY_BYTES = 128;

  /** Sectors of the entries. */
  static final int ENTRY_SECTORS = ENTRIES * ENTRY_BYTES / SECTOR;

  /** The first sector that a partition may use. */
  static final int FIRST_USABLE = 2 + ENTRY_SECTORS;

  /** Partitions begin at multiples of 1 MiB. */
  static final long ALIGNMENT = 2048;

  public PartitionTable {
    partitions = List.copyOf(partitions);
    long end = FIRST_USABLE;
    List<Partition> ordered = new ArrayList<>(partitions);
    ordered.sort(Comparator.comparingLong(Partition::firstSector));
    for (Partition partition : ordered) {
      if (partition.firstSector() < end) {
        throw new IllegalArgumentException(partition.name() + " overlaps what lies before it");
      }
      end = partition.endSector();
    }
    if (partitions.size() > ENTRIES || end > lastUsable(sectors) + 1) {
      throw new IllegalArgumentException("the disk is too small for its partitions");
    }
  }

  static long lastUsable(long sectors) {
    return sectors - ENTRY_SECTORS - 2;
  }

  /** The first partition of this name. */
  public Optional<Partition> find(String name) {
    return partitions.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  public static Builder builder(UUID diskGuid) {
    return new Builder(diskGuid);
  }

  /** Lays partitions one behind another, each at a multiple of 1 MiB. Confined to one thread. */
  public static final class Builder {
    private final UUID diskGuid;
    private final List<Partition> partitions = new ArrayList<>();
    private long next = ALIGNMENT;

    private Builder(UUID diskGuid) {
      this.diskGuid = diskGuid;
    }

    /**
     * Leaves room in front of the first partition, for a boot loader at a fixed place.
     *
     * @param mib where the first partition begins, at least 1
     */
    public Builder startAt(int mib) {
      if (mib < 1 || !partitions.isEmpty()) {
        throw new IllegalStateException("at MiB " + mib + ", after " + partitions.size());
      }
      next = mib * ALIGNMENT;
      return this;
    }

    /** Adds a partition with room for that many bytes. */
    public Builder add(String name, UUID type, UUID guid, long bytes) {
      long sectors = up((bytes + SECTOR - 1) / SECTOR);
      partitions.add(new Partition(name, type, guid, next, sectors));
      next += sectors;
      return this;
    }

    /** The table of a disk that is as large as its partitions need. */
    public PartitionTable build() {
      return new PartitionTable(diskGuid, next + ALIGNMENT, partitions);
    }

    private static long up(long sectors) {
      return Math.max(1, (sectors + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
    }
  }
}
