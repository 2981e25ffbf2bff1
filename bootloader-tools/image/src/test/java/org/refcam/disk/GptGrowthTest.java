// SPDX-License-Identifier: Apache-2.0
package org.refcam.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.Peer;
import org.refcam.bytes.ByteRegion;

class GptGrowthTest {
  private static final int SECTOR = 512;
  private static final int DATA_MIB = 4;
  private static final int CARD_BYTES = 23 << 20;
  private static final PartitionTable TABLE =
      PartitionTable.builder(new UUID(7, 8))
          .add("boot_a", Partition.BASIC_DATA, new UUID(1, 1), 1 << 20)
          .add("data", Partition.LINUX, new UUID(1, 3), DATA_MIB << 20)
          .build();

  /** The last sector that begins a MiB, less what lies behind the backup. */
  private static final long GROWN_END = (CARD_BYTES / SECTOR - 33L) / 2048 * 2048;

  @TempDir Path directory;

  /** A card in memory that loses its power before one of its writes, or in the middle of it. */
  private static final class Card implements GptGrowth.Writer {
    final byte[] bytes;
    final List<Integer> sectors = new ArrayList<>();
    private final int stopAt;
    private final Random tear;

    Card(byte[] bytes, int stopAt, Random tear) {
      this.bytes = bytes;
      this.stopAt = stopAt;
      this.tear = tear;
    }

    ByteRegion region() {
      return ByteRegion.of(ByteBuffer.wrap(bytes));
    }

    @Override
    public void write(long offset, byte[] written) throws IOException {
      boolean cut = sectors.size() == stopAt;
      for (int at = 0; at < written.length; at += SECTOR) {
        if (!cut || tear.nextBoolean()) { // each sector whole or not at all
          System.arraycopy(written, at, bytes, (int) offset + at, SECTOR);
        }
      }
      if (cut) {
        throw new IOException("power is gone");
      }
      sectors.add(written.length / SECTOR);
    }
  }

  private byte[] card() throws IOException {
    Path image = directory.resolve("image");
    try (FileChannel channel =
        FileChannel.open(image, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      GptWriter.write(channel, TABLE);
    }
    return Arrays.copyOf(Files.readAllBytes(image), CARD_BYTES);
  }

  private static Partition data(ByteRegion card) throws Exception {
    return GptReader.read(card).find("data").orElseThrow();
  }

  @Test
  void largerCard_dataReachesToItsEnd_onceOnly() throws Exception {
    Card card = new Card(card(), Integer.MAX_VALUE, new Random(1));
    Optional<Partition> grown = GptGrowth.grow(card.region(), card, "data");
    assertThat(grown).contains(data(card.region()));
    assertThat(grown.orElseThrow().endSector()).isEqualTo(GROWN_END);
    assertThat(grown.orElseThrow().guid()).isEqualTo(new UUID(1, 3));
    assertThat(GptReader.read(card.region()).find("boot_a")).isEqualTo(TABLE.find("boot_a"));
    assertThat(card.sectors).containsExactly(1, 32, 1, 1, 32, 1);
    assertThat(GptGrowth.grow(card.region(), card, "data")).isEmpty();
    assertThat(card.sectors).hasSize(6);
  }

  @Test
  void cardOfTheImagesSize_nothingIsWritten() throws Exception {
    byte[] same = Arrays.copyOf(card(), (int) TABLE.sectors() * SECTOR);
    Card card = new Card(same.clone(), 0, new Random(1));
    assertThat(GptGrowth.grow(card.region(), card, "data")).isEmpty();
    assertThat(card.bytes).isEqualTo(same);
  }

  @Test
  void powerCutAtEveryWrite_tableInFrontIsWhole_andTheNextCallGoesOn() throws Exception {
    byte[] whole = card();
    Card done = new Card(whole.clone(), Integer.MAX_VALUE, new Random(1));
    GptGrowth.grow(done.region(), done, "data");
    int disks = 0;
    for (int cut = 0; cut < done.sectors.size(); cut++) {
      for (int seed = 0; seed < 20; seed++) {
        Card card = new Card(whole.clone(), cut, new Random(31L * cut + seed));
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> GptGrowth.grow(card.region(), card, "data"));
        assertThat(data(card.region()).endSector())
            .as("cut at %d, seed %d", cut, seed)
            .isIn(TABLE.find("data").orElseThrow().endSector(), GROWN_END);
        Card again = new Card(card.bytes, Integer.MAX_VALUE, new Random(1));
        GptGrowth.grow(again.region(), again, "data");
        assertThat(again.bytes).isEqualTo(done.bytes);
        disks++;
      }
    }
    System.out.println("growth: power cut in each of 6 writes, " + disks + " disks");
  }

  @Test
  void partitionThatIsNotTheLast_orBrokenTable_isRefused() throws Exception {
    Card card = new Card(card(), 0, new Random(1));
    assertThatExceptionOfType(InvalidDiskException.class)
        .isThrownBy(() -> GptGrowth.grow(card.region(), card, "boot_a"));
    card.bytes[2 * SECTOR + 40] ^= 1;
    assertThatExceptionOfType(InvalidDiskException.class)
        .isThrownBy(() -> GptGrowth.grow(card.region(), card, "data"));
  }

  @Test
  void peers_acceptTheTable_andTheFileSystemGrows() throws Exception {
    Peer sfdisk = Peer.require("sfdisk");
    Peer mke2fs = Peer.require("mke2fs");
    Peer resize = Peer.require("resize2fs");
    Peer fsck = Peer.require("e2fsck");
    byte[] whole = card();
    Path fileSystem = directory.resolve("data");
    mke2fs.run(directory, "-q", "-t", "ext4", "-E", "root_owner=900:900", "data", DATA_MIB + "M");
    byte[] ext4 = Files.readAllBytes(fileSystem);
    int first = (int) TABLE.find("data").orElseThrow().firstSector() * SECTOR;
    System.arraycopy(ext4, 0, whole, first, ext4.length);
    Card card = new Card(whole, Integer.MAX_VALUE, new Random(1));
    Partition grown = GptGrowth.grow(card.region(), card, "data").orElseThrow();
    Files.write(directory.resolve("card"), card.bytes);
    assertThat(sfdisk.run(directory, "--verify", "card")).contains("No errors detected");
    int end = (int) grown.endSector() * SECTOR;
    Files.write(fileSystem, Arrays.copyOfRange(card.bytes, first, end));
    fsck.run(directory, "-f", "-n", "data");
    resize.run(directory, "data");
    assertThat(fsck.run(directory, "-f", "-n", "data"))
        .contains("/" + (end - first) / 1024 + " blocks");
  }
}
