// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.bytes.ByteRegion;
import org.refcam.chain.Link.Verdict;
import org.refcam.disk.GptWriter;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import org.refcam.fit.FitPadding;
import org.refcam.fit.TestFit;
import org.refcam.fit.TestKeys;

class CardVerifierTest {
  private static final PublicKey KEY = TestKeys.RSA2048.getPublic();
  private static final int BOOT_A = 1 << 20;
  private static final int ROOT_A = 6 << 20;

  @TempDir Path directory;
  private TestCard card;

  @BeforeEach
  void root() throws Exception {
    card = new TestCard(directory);
  }

  @Test
  void goodCard_everyLinkVerifies() throws Exception {
    CardReport report = verify(good(), KEY);
    assertThat(report.links())
        .extracting(Link::name)
        .containsExactly(
            "partition table", "boot_a signature", "boot_a root hash", "root_a", "boot_b");
    assertThat(report.links())
        .extracting(Link::verdict)
        .containsExactly(
            Verdict.CONSISTENT,
            Verdict.VERIFIED,
            Verdict.VERIFIED,
            Verdict.VERIFIED,
            Verdict.EMPTY);
    assertThat(report.isVerified()).isTrue();
  }

  @Test
  void rootHash_inTheInitramfs_plainAndPacked() throws Exception {
    byte[] plain = card.initramfs();
    for (byte[] ramdisk : List.of(plain, gzip(plain), Zstd.compress(plain))) {
      byte[] fit = card.fit("quiet refcam.slot=A", ramdisk, TestCard.SIGNER);
      assertThat(verify(card.write(fit), KEY).isVerified()).isTrue();
    }
  }

  @Test
  @DisplayName("INV-CHAIN-1 a boot image with two root hashes is refused")
  void twoRootHashes_areRefused() throws Exception {
    String line = card.commandLine();
    byte[] same = card.fit(line, card.initramfs(), TestCard.SIGNER);
    assertThat(verify(card.write(same), KEY).isVerified()).isTrue();
    String other = line.replaceAll("roothash=..", "roothash=00");
    byte[] two = card.fit(other, card.initramfs(), TestCard.SIGNER);
    assertThat(refused(verify(card.write(two), KEY))).isEqualTo("boot_a root hash");
    byte[] unreadable = card.fit(line, TestFit.bytes(2, 500), TestCard.SIGNER);
    assertThat(refused(verify(card.write(unreadable), KEY))).isEqualTo("boot_a root hash");
  }

  @Test
  void raspberryPi_bootImage_verifies() throws Exception {
    CardReport report = verify(card.write(card.piBoot()), KEY);
    assertThat(report.isVerified()).as(report.toString()).isTrue();
    assertThat(report.links().get(1).detail()).contains("boot.img");
  }

  @Test
  @DisplayName("INV-CHAIN-1 each tampering is refused at its own link")
  void tampering_isRefusedAtItsLink() throws Exception {
    byte[] disk = Files.readAllBytes(good());
    byte[] fit = card.fit(card.commandLine(), TestCard.bareInitramfs(), TestCard.SIGNER);
    assertRefused(changed(disk, 520), "partition table");
    assertRefused(changed(disk, BOOT_A + 400), "boot_a signature");
    for (String text : List.of("console", "quiet", "conf-a", "hash-1")) {
      int at = text.equals("console") ? 5000 : TestFit.find(fit, text);
      assertRefused(changed(disk, BOOT_A + at), "boot_a signature");
    }
    assertRefused(changed(disk, ROOT_A + 4097), "root_a");
    assertRefused(changed(disk, ROOT_A + 221 * 4096 + 10), "root_a");
  }

  @Test
  @DisplayName("INV-CHAIN-1 another key's card is refused")
  void otherKey_isRefused() throws Exception {
    CardReport report = verify(good(), TestKeys.RSA_OTHER.getPublic());
    assertThat(report.isVerified()).isFalse();
    byte[] fit =
        card.fit(
            card.commandLine(),
            TestCard.bareInitramfs(),
            TestKeys.signer("release", TestKeys.RSA_OTHER, FitPadding.PKCS1_1_5));
    assertRefused(Files.readAllBytes(card.write(fit)), "boot_a signature");
  }

  @Test
  @DisplayName(
      "INV-CHAIN-1 a signed image without its root hash, or for the other slot, is refused")
  void missingRootHash_isRefused() throws Exception {
    for (String line :
        List.of(
            "quiet",
            card.commandLine().replace("slot=A", "slot=B"),
            card.commandLine().replaceAll("refcam.hash_offset=\\d+", ""),
            card.commandLine() + " roothash=00")) {
      byte[] fit = card.fit(line, TestCard.bareInitramfs(), TestCard.SIGNER);
      CardReport report = verify(card.write(fit), KEY);
      assertThat(report.isVerified()).as(line).isFalse();
      assertThat(refused(report)).isEqualTo("boot_a root hash");
    }
  }

  @Test
  void emptyCard_isNotVerified() throws Exception {
    assertThat(verify(card.write(new byte[4096]), KEY).isVerified()).isFalse();
    Path nothing = Files.write(directory.resolve("nothing"), new byte[100]);
    assertThat(refused(verify(nothing, KEY))).isEqualTo("partition table");
  }

  @Test
  @DisplayName("INV-CHAIN-1 partitions too short for anything are refused")
  void tinyPartitions_areRefused() throws Exception {
    List<Partition> tiny = new ArrayList<>();
    for (String name : List.of("boot_a", "boot_b", "root_a", "root_b")) {
      UUID guid = new UUID(2, tiny.size());
      tiny.add(new Partition(name, Partition.LINUX, guid, 2048 + tiny.size(), 1));
    }
    Path disk = directory.resolve("tiny");
    try (FileChannel channel =
        FileChannel.open(disk, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      GptWriter.write(channel, new PartitionTable(new UUID(1, 9), 4096, tiny));
    }
    assertThat(refused(verify(disk, KEY))).isEqualTo("boot_a signature");
  }

  @Test
  @DisplayName("INV-CHAIN-1 random damage never verifies what it touched and never throws")
  void randomDamage_isAnswered() throws Exception {
    byte[] disk = Files.readAllBytes(good());
    Random random = new Random(1);
    for (int i = 0; i < 150; i++) {
      byte[] bad = disk.clone();
      int at = i % 2 == 0 ? BOOT_A + random.nextInt(53_000) : random.nextInt(40_000);
      for (int j = 0; j < 4; j++) {
        bad[at + j] = (byte) random.nextInt(256);
      }
      CardReport report = verify(bad);
      assertThat(report.links()).isNotEmpty();
    }
  }

  private Path good() throws Exception {
    return card.write(card.fit(card.commandLine(), TestCard.bareInitramfs(), TestCard.SIGNER));
  }

  private static byte[] changed(byte[] disk, int at) {
    byte[] bad = disk.clone();
    bad[at] ^= 1;
    return bad;
  }

  private static void assertRefused(byte[] disk, String link) throws IOException {
    CardReport report = verify(disk);
    assertThat(report.isVerified()).isFalse();
    assertThat(refused(report)).as(report.toString()).isEqualTo(link);
  }

  private static String refused(CardReport report) {
    return report.links().stream()
        .filter(l -> l.verdict() == Verdict.REFUSED)
        .map(Link::name)
        .findFirst()
        .orElse("nothing");
  }

  private static CardReport verify(byte[] disk) throws IOException {
    return CardVerifier.verify(ByteRegion.of(ByteBuffer.wrap(disk)), KEY, bytes -> {});
  }

  private static CardReport verify(Path disk, PublicKey key) throws IOException {
    try (FileChannel channel = FileChannel.open(disk)) {
      return CardVerifier.verify(ByteRegion.of(channel), key, bytes -> {});
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
