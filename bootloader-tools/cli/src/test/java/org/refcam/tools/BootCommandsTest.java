// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.disk.GptWriter;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fit.ControlDeviceTree;
import org.refcam.fit.FitConfiguration;
import org.refcam.fit.FitImage;
import org.refcam.fit.FitSource;
import org.refcam.fit.FitWriter;

/** From a file system and a kernel to a verified card, by commands. */
class BootCommandsTest {
  private static final byte[] TREE = Fdt.of(FdtNode.builder("").set("model", "x").build()).encode();

  @TempDir Path directory;
  private Path privateKey;
  private Path publicKey;

  @BeforeEach
  void keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    privateKey = pem("key.pem", "PRIVATE KEY", pair.getPrivate().getEncoded());
    publicKey = pem("public.pem", "PUBLIC KEY", pair.getPublic().getEncoded());
  }

  @Test
  void verifyImage_goodCard_thenATamperedOne() throws Exception {
    Path root = write("root", 700_000);
    JsonNode tree =
        json("verity", "format", root, "--salt", "aabb", "--uuid", new UUID(1, 2), "--json");
    String hash = tree.get("rootHash").asText();
    long offset = tree.get("hashOffset").asLong();
    assertThat(run("verity", "verify", root, "--root-hash", hash, "--hash-offset", offset).exit())
        .isEqualTo(Exit.OK);
    Path fit = sign(unsigned("roothash=" + hash + " refcam.hash_offset=" + offset));
    Path card = card(fit, root);
    Tools.Run good = run("verify-image", card, "--key", publicKey);
    assertThat(good.exit()).as(good.out() + good.err()).isEqualTo(Exit.OK);
    assertThat(good.out()).contains("verified    root_a", hash, "the card is verified");
    change(card, (6 << 20) + 5000);
    JsonNode bad = json("verify-image", card, "--key", publicKey, "--json");
    assertThat(bad.get("verified").asBoolean()).isFalse();
    assertThat(bad.get("links").get(3).get("verdict").asText()).isEqualTo("REFUSED");
    assertThat(run("verify-image", card, "--key", publicKey).exit()).isEqualTo(Exit.REFUSED);
    assertThat(run("verify-image", card, "--key", privateKey).err()).contains("no public key");
  }

  @Test
  void fit_signVerifyInspect_andRefuse() throws Exception {
    Path unsigned = unsigned("quiet");
    assertThat(run("fit", "verify", unsigned, "--key", publicKey).exit()).isEqualTo(Exit.REFUSED);
    Path signed = sign(unsigned);
    assertThat(run("fit", "verify", signed, "--key", publicKey).out()).contains("sha256,rsa2048");
    assertThat(run("fit", "inspect", signed).out())
        .contains("verified", "no", "kernel=kernel", "load=<4 bytes>");
    change(signed, (int) Files.size(unsigned) / 2);
    assertThat(run("fit", "verify", signed, "--key", publicKey).err()).contains("FIT: ");
    assertThat(run("fit", "inspect", publicKey).err()).contains("device tree");
    assertThat(run("fit").exit()).isEqualTo(Exit.USAGE);
  }

  @Test
  void fitKey_putsTheKeyIntoTheControlTree() throws Exception {
    Path control = Files.write(directory.resolve("control.dtb"), TREE);
    Path out = directory.resolve("out.dtb");
    assertThat(
            run("fit", "key", control, "--key", publicKey, "--key-name", "dev", "--out", out)
                .exit())
        .isEqualTo(Exit.OK);
    FdtNode key =
        Fdt.parse(java.nio.ByteBuffer.wrap(Files.readAllBytes(out)))
            .root()
            .findNode("signature/key-dev")
            .orElseThrow();
    assertThat(key.findString("required")).contains("conf");
  }

  @Test
  void sameInputs_sameBytes() throws Exception {
    Path unsigned = unsigned("quiet");
    byte[] first = Files.readAllBytes(sign(unsigned));
    Files.delete(directory.resolve("signed.itb"));
    assertThat(Files.readAllBytes(sign(unsigned))).isEqualTo(first);
  }

  private Path sign(Path unsigned) {
    Path signed = directory.resolve("signed.itb");
    Tools.Run run =
        run(
            "fit",
            "sign",
            unsigned,
            "--key",
            privateKey,
            "--key-name",
            "dev",
            "--out",
            signed,
            "--timestamp",
            1_700_000_000);
    assertThat(run.exit()).as(run.err()).isEqualTo(Exit.OK);
    return signed;
  }

  private Path unsigned(String commandLine) throws Exception {
    byte[] tree = ControlDeviceTree.withBootArguments(TREE, commandLine);
    FitSource source =
        new FitSource(
            "test",
            "arm64",
            Instant.EPOCH,
            List.of(
                FitImage.kernel(
                    "kernel", "none", 0x40400000L, Files.readAllBytes(write("k", 9999))),
                FitImage.of("fdt", FitImage.Kind.DEVICE_TREE, "board", tree)),
            List.of(
                new FitConfiguration(
                    "conf-a", "A", "kernel", Optional.empty(), List.of("fdt"), Optional.empty())));
    return Files.write(directory.resolve("unsigned.itb"), FitWriter.write(source, List.of()));
  }

  private Path card(Path boot, Path root) throws IOException {
    PartitionTable table =
        PartitionTable.builder(new UUID(1, 1))
            .add("boot_a", Partition.LINUX, new UUID(1, 2), 4 << 20)
            .add("boot_b", Partition.LINUX, new UUID(1, 3), 1 << 20)
            .add("root_a", Partition.LINUX, new UUID(1, 4), Files.size(root))
            .add("root_b", Partition.LINUX, new UUID(1, 5), 1 << 20)
            .build();
    Path card = directory.resolve("card.img");
    try (FileChannel disk =
            FileChannel.open(card, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileChannel bootContent = FileChannel.open(boot);
        FileChannel rootContent = FileChannel.open(root)) {
      GptWriter.write(disk, table);
      GptWriter.fill(disk, table.partitions().get(0), bootContent);
      GptWriter.fill(disk, table.partitions().get(2), rootContent);
    }
    return card;
  }

  private static void change(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  private Path write(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(directory.resolve(name), bytes);
  }

  private Path pem(String name, String kind, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
  }

  private static JsonNode json(Object... arguments) throws IOException {
    return new ObjectMapper().readTree(run(arguments).out());
  }

  private static Tools.Run run(Object... arguments) {
    return Tools.run(
        java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
  }
}
