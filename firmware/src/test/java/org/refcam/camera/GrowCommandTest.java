// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.bytes.ByteRegion;
import org.refcam.disk.GptReader;
import org.refcam.disk.GptWriter;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import picocli.CommandLine;

class GrowCommandTest {
  private static final PartitionTable TABLE =
      PartitionTable.builder(new UUID(1, 2))
          .add("data", Partition.LINUX, new UUID(3, 4), 1 << 20)
          .build();

  @TempDir Path directory;

  private int run(Path image, String partition) {
    return new CommandLine(new GrowCommand())
        .setExecutionExceptionHandler((failure, command, parsed) -> 1)
        .execute("--image", image.toString(), partition);
  }

  @Test
  void cardLargerThanItsImage_dataGrows_andAgainNothing() throws Exception {
    Path image = directory.resolve("card");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      FileChannel card = file.getChannel();
      GptWriter.write(card, TABLE);
      file.setLength(9 << 20);
      assertThat(run(image, "data")).isZero();
      Partition grown = GptReader.read(ByteRegion.of(card)).find("data").orElseThrow();
      assertThat(grown.sectors() * 512).isEqualTo(7 << 20);
    }
    byte[] once = Files.readAllBytes(image);
    assertThat(run(image, "data")).isZero();
    assertThat(Files.readAllBytes(image)).isEqualTo(once);
  }

  @Test
  void noTable_orAnotherPartition_isRefused() throws Exception {
    Path empty = Files.write(directory.resolve("empty"), new byte[1 << 20]);
    assertThat(run(empty, "data")).isOne();
    assertThat(Files.readAllBytes(empty)).isEqualTo(new byte[1 << 20]);
  }
}
