// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import org.refcam.board.Platform;
import org.refcam.board.Platform.Loader;
import org.refcam.board.Platform.PartitionPlan;
import org.refcam.disk.GptWriter;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import org.refcam.tools.card.CardBuild.Order;

/**
 * The card of a board as its {@code board.yaml} lays it out: partitions in that order, of those
 * sizes, and what lies in them. Stateless.
 */
final class CardLayout {
  private static final long MIB = 1 << 20;

  private CardLayout() {}

  /** The table; every identifier follows from the order. */
  static PartitionTable table(Order order) {
    Platform platform = order.platform();
    PartitionTable.Builder builder =
        PartitionTable.builder(order.uuid("disk")).startAt(platform.boot().firstPartitionMib());
    for (PartitionPlan plan : platform.partitions()) {
      long mib = plan.name().equals("data") ? order.dataMib() : plan.sizeMib();
      builder.add(plan.name(), type(plan.type()), order.uuid(plan.name()), mib * MIB);
    }
    return builder.build();
  }

  private static UUID type(String name) {
    return switch (name) {
      case "fat" -> Partition.BASIC_DATA;
      case "efi" -> Partition.EFI_SYSTEM;
      default -> Partition.LINUX;
    };
  }

  /**
   * Writes the card.
   *
   * @param contents of partitions, by name; the others stay empty
   * @throws IOException also if something does not fit its partition
   */
  static void write(Path card, Order order, Map<String, Path> contents) throws IOException {
    PartitionTable table = table(order);
    Files.deleteIfExists(card);
    try (FileChannel disk =
        FileChannel.open(
            card,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ)) {
      // The ROM and the bootloader of these boards look for a FAT partition in the MBR first.
      if (order.platform().boot().loader() == Loader.NONE) {
        GptWriter.write(disk, table);
      } else {
        GptWriter.writeHybrid(disk, table, "loader");
      }
      for (Map.Entry<String, Path> content : contents.entrySet()) {
        Partition partition =
            table
                .find(content.getKey())
                .orElseThrow(() -> new IOException("no partition " + content.getKey()));
        try (FileChannel file = FileChannel.open(content.getValue(), StandardOpenOption.READ)) {
          GptWriter.fill(disk, partition, file);
        }
      }
    }
  }
}
