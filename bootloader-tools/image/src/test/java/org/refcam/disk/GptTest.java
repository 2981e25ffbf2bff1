// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.Peer;
import org.refcam.bytes.ByteRegion;
import org.refcam.disk.InvalidDiskException.Reason;

class GptTest {
  private static final UUID DISK = new UUID(0x1111222233334444L, 0x8555666677778888L);
  private static final PartitionTable TABLE =
      PartitionTable.builder(DISK)
          .add("boot_a", Partition.BASIC_DATA, new UUID(1, 1), 3_000_000)
          .add("root_a", Partition.LINUX, new UUID(1, 2), 1)
          .add("data", Partition.LINUX, new UUID(1, 3), 5 << 20)
          .build();

  @TempDir Path directory;

  @Test
  void written_isRead_andReproducible() throws Exception {
    Path a = write("a");
    assertThat(read(Files.readAllBytes(a))).isEqualTo(TABLE);
    assertThat(Files.mismatch(a, write("b"))).isEqualTo(-1);
    assertThat(Files.size(a)).isEqualTo(TABLE.sectors() * 512);
    assertThat(TABLE.partitions()).allMatch(p -> p.firstSector() % 2048 == 0);
  }

  @Test
  void sfdisk_acceptsOurs_andSaysTheSame() throws Exception {
    Peer sfdisk = Peer.require("sfdisk");
    write("disk");
    assertThat(sfdisk.run(directory, "--verify", "disk")).contains("No errors detected");
    JsonNode table =
        new ObjectMapper().readTree(sfdisk.run(directory, "--json", "disk")).get("partitiontable");
    assertThat(table.get("label").asText()).isEqualTo("gpt");
    assertThat(table.get("id").asText()).isEqualToIgnoringCase(DISK.toString());
    for (int i = 0; i < TABLE.partitions().size(); i++) {
      Partition ours = TABLE.partitions().get(i);
      JsonNode theirs = table.get("partitions").get(i);
      assertThat(theirs.get("name").asText()).isEqualTo(ours.name());
      assertThat(theirs.get("start").asLong()).isEqualTo(ours.firstSector());
      assertThat(theirs.get("size").asLong()).isEqualTo(ours.sectors());
      assertThat(theirs.get("type").asText()).isEqualToIgnoringCase(ours.type().toString());
      assertThat(theirs.get("uuid").asText()).isEqualToIgnoringCase(ours.guid().toString());
    }
  }

  @Test
  void sfdisk_wrote_weRead() throws Exception {
    Peer sfdisk = Peer.require("sfdisk");
    Path disk = directory.resolve("theirs");
    Files.write(disk, new byte[8 << 20]);
    Path script = directory.resolve("script");
    Files.writeString(
        script,
        "#!/bin/sh\nprintf 'label: gpt\\nstart=2048,size=2048,name=boot_a\\nsize=4096,name=x\\n'"
            + " | sfdisk -q theirs\n");
    Peer.require("sh").run(directory, script);
    PartitionTable table = read(Files.readAllBytes(disk));
    assertThat(table.partitions()).extracting(Partition::name).containsExactly("boot_a", "x");
    assertThat(table.find("x").orElseThrow().sectors()).isEqualTo(4096);
    sfdisk.run(directory, "--verify", "theirs");
  }

  @Test
  void hybrid_hasTheFatPartitionInTheMbr() throws Exception {
    Path disk = directory.resolve("hybrid");
    try (FileChannel channel = create(disk)) {
      GptWriter.writeHybrid(channel, TABLE, "boot_a");
    }
    byte[] bytes = Files.readAllBytes(disk);
    assertThat(bytes[450]).isEqualTo((byte) 0x0C);
    assertThat(ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(454))
        .isEqualTo((int) TABLE.find("boot_a").orElseThrow().firstSector());
    assertThat(bytes[466]).isEqualTo((byte) 0xEE);
    assertThat(read(bytes)).isEqualTo(TABLE);
  }

  @Test
  @DisplayName("INV-DISK-1 a table that was changed in any byte is refused")
  void changedTable_isRefused() throws Exception {
    byte[] good = Files.readAllBytes(write("disk"));
    Random random = new Random(3);
    int end = good.length;
    for (int i = 0; i < 600; i++) {
      byte[] bad = good.clone();
      int at =
          switch (i % 4) {
            case 0 -> 512 + random.nextInt(92);
            case 1 -> 1024 + random.nextInt(16384);
            case 2 -> end - 512 + random.nextInt(92);
            default -> end - 512 - 16384 + random.nextInt(16384);
          };
      bad[at] ^= (byte) (1 << random.nextInt(8));
      assertThatExceptionOfType(InvalidDiskException.class)
          .as("changed at %d", at)
          .isThrownBy(() -> read(bad));
    }
  }

  @Test
  @DisplayName("INV-DISK-1 whole tables that differ, and short disks, are refused")
  void backupOfAnotherTable_isRefused() throws Exception {
    byte[] good = Files.readAllBytes(write("disk"));
    PartitionTable other =
        new PartitionTable(DISK, TABLE.sectors(), TABLE.partitions().subList(0, 2));
    Path otherDisk = directory.resolve("other");
    try (FileChannel channel = create(otherDisk)) {
      GptWriter.write(channel, other);
    }
    byte[] mixed = Files.readAllBytes(otherDisk);
    System.arraycopy(good, 0, mixed, 0, 1 << 20);
    assertThatExceptionOfType(InvalidDiskException.class)
        .isThrownBy(() -> read(mixed))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BACKUP_DIFFERS));
    for (int length : new int[] {0, 512, 1024, 20_000, good.length - 1}) {
      assertThatExceptionOfType(InvalidDiskException.class)
          .isThrownBy(() -> read(java.util.Arrays.copyOf(good, length)));
    }
  }

  @Test
  void badTables_areRefusedBeforeTheyAreWritten() {
    Partition a = new Partition("a", Partition.LINUX, DISK, 2048, 2048);
    Partition b = new Partition("b", Partition.LINUX, DISK, 4095, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartitionTable(DISK, 100_000, List.of(a, b)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartitionTable(DISK, 4000, List.of(a)));
    for (long huge : new long[] {Long.MAX_VALUE, Long.MAX_VALUE / 512, -1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Partition("x", Partition.LINUX, DISK, 2048, huge));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Partition("x", Partition.LINUX, DISK, huge, 1));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Partition("", Partition.LINUX, DISK, 2048, 1));
  }

  @Test
  void fill_copiesAndRefusesWhatIsTooLong() throws Exception {
    Path disk = write("disk");
    Path content = Files.write(directory.resolve("content"), new byte[] {1, 2, 3});
    Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
    Partition root = TABLE.find("root_a").orElseThrow();
    try (FileChannel to = FileChannel.open(disk, StandardOpenOption.WRITE);
        FileChannel from = FileChannel.open(content);
        FileChannel tooLong = FileChannel.open(large)) {
      GptWriter.fill(to, root, from);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> GptWriter.fill(to, root, tooLong));
    }
    ByteRegion all = ByteRegion.of(ByteBuffer.wrap(Files.readAllBytes(disk)));
    assertThat(GptReader.region(all, root).read(0, 4)).containsExactly(1, 2, 3, 0);
  }

  private static PartitionTable read(byte[] disk) throws IOException, InvalidDiskException {
    return GptReader.read(ByteRegion.of(ByteBuffer.wrap(disk)));
  }

  private Path write(String name) throws IOException {
    Path disk = directory.resolve(name);
    try (FileChannel channel = create(disk)) {
      GptWriter.write(channel, TABLE);
    }
    return disk;
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
