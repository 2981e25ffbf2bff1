// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.board.BoardFile;
import org.refcam.board.Platform;
import org.refcam.board.Platform.Loader;
import org.refcam.board.Platform.PartitionPlan;
import org.refcam.bytes.ByteRegion;
import org.refcam.disk.GptReader;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import org.refcam.tools.card.CardBuild.Order;

class CardLayoutTest {
  private static final Path BOARDS = Path.of("../../board-configs");
  private static final long SECTORS_PER_MIB = (1 << 20) / PartitionTable.SECTOR;

  @TempDir Path directory;

  @Test
  void table_isWhatTheBoardFileSays() throws Exception {
    for (String board : List.of("qemu-arm64", "raspberry-pi-zero-2-w", "raspberry-pi-4b")) {
      Order order = order(board, 64);
      List<Partition> partitions = CardLayout.table(order).partitions();
      assertThat(partitions)
          .extracting(Partition::name)
          .isEqualTo(order.platform().partitions().stream().map(PartitionPlan::name).toList());
      for (PartitionPlan plan : order.platform().partitions()) {
        Partition partition = CardLayout.table(order).find(plan.name()).orElseThrow();
        int mib = plan.name().equals("data") ? 64 : plan.sizeMib();
        assertThat(partition.sectors()).as(plan.name()).isEqualTo(mib * SECTORS_PER_MIB);
      }
    }
  }

  @Test
  void table_otherDirectories_sameIdentifiers_otherVersion_others() throws Exception {
    Order one = order("qemu-arm64", 8);
    Order elsewhere =
        new Order(one.platform(), BOARDS, "1.0", 1, directory.resolve("c"), directory, 8);
    Order next = new Order(one.platform(), BOARDS, "1.1", 1, directory, directory, 8);
    assertThat(CardLayout.table(elsewhere)).isEqualTo(CardLayout.table(one));
    assertThat(CardLayout.table(next)).isNotEqualTo(CardLayout.table(one));
  }

  @Test
  void write_boardWithLoader_hasItInTheMbrToo() throws Exception {
    Path content = Files.write(directory.resolve("content"), new byte[] {7});
    for (String board : List.of("qemu-arm64", "raspberry-pi-zero-2-w")) {
      Order order = order(board, 1);
      Path card = directory.resolve(board);
      CardLayout.write(card, order, Map.of("boot_a", content));
      try (FileChannel disk = FileChannel.open(card)) {
        ByteRegion region = ByteRegion.of(disk);
        assertThat(GptReader.read(region)).isEqualTo(CardLayout.table(order));
        boolean loader = order.platform().boot().loader() != Loader.NONE;
        assertThat(region.read(446 + 4, 1)[0]).isEqualTo((byte) (loader ? 0x0C : 0xEE));
      }
    }
  }

  @Test
  void write_tooLarge_refused() throws Exception {
    Path content = directory.resolve("content");
    try (FileChannel file =
        FileChannel.open(
            content,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      file.write(java.nio.ByteBuffer.wrap(new byte[1]), 41L << 20);
    }
    assertThatThrownBy(
            () ->
                CardLayout.write(
                    directory.resolve("card"), order("qemu-arm64", 1), Map.of("boot_a", content)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("boot_a");
  }

  private Order order(String board, int dataMib) throws Exception {
    Path folder = BOARDS.resolve(board);
    Platform platform = BoardFile.parsePlatform(Files.readString(folder.resolve("board.yaml")));
    return new Order(platform, folder, "1.0", 1, directory, directory, dataMib);
  }
}
