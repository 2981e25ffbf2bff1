// SPDX-License-Identifier: Apache-2.0
package org.refcam.kernel;

import java.io.IOException;
import java.nio.file.Path;

/** Partitions as the kernel has them since it read the table, at the disk's start. Stateless. */
public final class KernelPartitions {
  private KernelPartitions() {}

  /**
   * Tells the kernel that a partition became larger; others of the disk may be in use.
   *
   * @param disk such as {@code /dev/mmcblk0}
   * @param number of the partition, from 1
   * @param start in bytes; only the length can change
   * @param length in bytes
   * @throws KernelException if it has none of that number and start, or another begins within
   */
  public static void resize(Path disk, int number, long start, long length) throws IOException {
    int fd = Calls.open(disk.toString());
    try {
      Calls.resizePartition(fd, number, start, length);
    } finally {
      Calls.close(fd);
    }
  }
}
