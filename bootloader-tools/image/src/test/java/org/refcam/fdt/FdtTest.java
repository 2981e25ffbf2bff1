// SPDX-License-Identifier: Apache-2.0
package org.refcam.fdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.Peer;
import org.refcam.fdt.InvalidFdtException.Reason;

class FdtTest {
  private static final Fdt TREE =
      new Fdt(
          FdtNode.builder("")
              .set("model", "x")
              .set(FdtProperty.ofCells("reg", 1, -2))
              .set(FdtProperty.ofBytes("odd", (byte) 1, (byte) 2, (byte) 3))
              .set(FdtNode.builder("a").set("model", "y").build())
              .set(FdtNode.builder("b@10").set(FdtNode.builder("c").build()).build())
              .build(),
          List.of(new Fdt.Reservation(0x1000, 0x2000)),
          7);

  @TempDir Path directory;

  @Test
  void encoded_isParsed_toTheSameBytes() throws Exception {
    byte[] bytes = TREE.encode();
    Fdt parsed = Fdt.parse(ByteBuffer.wrap(bytes));
    assertThat(parsed.encode()).isEqualTo(bytes);
    assertThat(parsed.bootCpu()).isEqualTo(7);
    assertThat(parsed.reservations()).isEqualTo(TREE.reservations());
    assertThat(parsed.root().findNode("a").orElseThrow().findString("model")).contains("y");
    assertThat(parsed.root().findNode("b@10/c")).isPresent();
    assertThat(parsed.root().findNode("b@10/d")).isEmpty();
  }

  @Test
  void dtc_readsOurs_andWeReadItsOwn() throws Exception {
    Peer dtc = Peer.require("dtc");
    Files.write(directory.resolve("our.dtb"), TREE.encode());
    assertThat(dtc.run(directory, "-q", "-I", "dtb", "-O", "dts", "our.dtb"))
        .contains("reg = <0x01 0xfffffffe>", "odd = [01 02 03]", "b@10 {");
    dtc.run(directory, "-q", "-I", "dtb", "-O", "dtb", "-o", "their.dtb", "our.dtb");
    Fdt theirs = Fdt.parse(ByteBuffer.wrap(Files.readAllBytes(directory.resolve("their.dtb"))));
    assertThat(theirs.encode()).isEqualTo(TREE.encode());
  }

  @Test
  void samePropertyOrNodeTwice_isRefused() {
    byte[] bytes = TREE.encode();
    int a = find(bytes, "a\0\0\0");
    bytes[a] = 'b';
    byte[] same = bytes.clone();
    int b = find(same, "b@10");
    same[b + 1] = same[b + 2] = same[b + 3] = 0;
    assertReason(same, Reason.NAME);
  }

  @Test
  @DisplayName("INV-FDT-1 deeper or longer than the bounds is refused")
  void tooDeep_isRefused() throws Exception {
    FdtNode node = FdtNode.builder("n").build();
    for (int i = 0; i < FdtTokenReader.DEPTH_MAX - 2; i++) {
      node = FdtNode.builder("n").set(node).build();
    }
    byte[] deepest = Fdt.of(FdtNode.builder("").set(node).build()).encode();
    assertThat(Fdt.parse(ByteBuffer.wrap(deepest)).root().children()).hasSize(1);
    FdtNode deeper = FdtNode.builder("n").set(node).build();
    assertReason(Fdt.of(FdtNode.builder("").set(deeper).build()).encode(), Reason.TOO_LARGE);
    String name = "n".repeat(FdtTokenReader.NAME_MAX + 1);
    FdtNode named = FdtNode.builder(name).build();
    assertReason(Fdt.of(FdtNode.builder("").set(named).build()).encode(), Reason.NAME);
  }

  @Test
  @DisplayName("INV-FDT-1 any bytes give a tree or the checked exception")
  void changedBytes_neverDoMoreThanRefuse() {
    byte[] good = TREE.encode();
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        byte[] again = Fdt.parse(ByteBuffer.wrap(bad)).encode();
        assertThat(Fdt.parse(ByteBuffer.wrap(again)).encode()).isEqualTo(again);
      } catch (InvalidFdtException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(5000);
  }

  @Test
  void everyLength_isRefusedButTheWhole() {
    byte[] good = TREE.encode();
    for (int length = 0; length < good.length; length++) {
      assertReason(java.util.Arrays.copyOf(good, length), Reason.TRUNCATED);
    }
  }

  private static int find(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }

  private static void assertReason(byte[] bytes, Reason reason) {
    assertThatExceptionOfType(InvalidFdtException.class)
        .isThrownBy(() -> Fdt.parse(ByteBuffer.wrap(bytes)))
        .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
  }
}
