// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fit.FitVerifier;
import org.refcam.fit.InvalidFitException;
import org.refcam.fit.VerifiedFit;
import org.refcam.verity.VerityRoot;

class BootImageTest {
  @TempDir Path folder;
  private static BootKey key;

  @BeforeAll
  static void makeKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    key = new BootKey(pair);
  }

  private static byte[] machine() {
    return new Fdt(FdtNode.builder("").set("compatible", "linux,dummy-virt").build(), List.of(), 0)
        .encode();
  }

  private byte[] fit() throws Exception {
    Path kernel = Files.write(folder.resolve("Image.gz"), new byte[] {1, 2, 3});
    return BootImage.fit(
        kernel,
        0x40400000L,
        new byte[] {4, 5},
        machine(),
        "console=x panic=5",
        key.signer(),
        CardBuild.TIME);
  }

  @Test
  void fit_twoSlots_eachConfigurationNamesItsOwn() throws Exception {
    VerifiedFit fit = new FitVerifier(List.of(key.publicKey())).verify(ByteBuffer.wrap(fit()));
    assertThat(fit.configurations())
        .extracting(VerifiedFit.Configuration::name)
        .containsExactly("conf-a", "conf-b");
    for (VerifiedFit.Configuration one : fit.configurations()) {
      String slot = one.name().equals("conf-a") ? "A" : "B";
      assertThat(
              Fdt.parse(one.deviceTrees().get(0))
                  .root()
                  .findNode("chosen")
                  .flatMap(node -> node.findString("bootargs")))
          .contains("console=x panic=5 refcam.slot=" + slot);
    }
    assertThat(fit()).as("same inputs").isEqualTo(fit());
  }

  @Test
  void fit_anyByteOfTheRamdisk_refused() throws Exception {
    byte[] fit = fit();
    for (int at = 0; at + 1 < fit.length; at++) {
      if (fit[at] == 4 && fit[at + 1] == 5 && at % 4 == 0) {
        fit[at] ^= 1;
        byte[] changed = fit;
        assertThatThrownBy(
                () -> new FitVerifier(List.of(key.publicKey())).verify(ByteBuffer.wrap(changed)))
            .isInstanceOf(InvalidFitException.class);
        return;
      }
    }
    throw new AssertionError("the ramdisk is not in the image");
  }

  @Test
  void loader_key_requiredAndNoPrompt() throws Exception {
    byte[] program = "program".getBytes(StandardCharsets.US_ASCII);
    byte[] loader = BootImage.loader(program, machine(), key.publicKey());
    assertThat(loader).startsWith(program);
    FdtNode root =
        Fdt.parse(ByteBuffer.wrap(Arrays.copyOfRange(loader, program.length, loader.length)))
            .root();
    assertThat(root.findNode("signature/key-refcam-boot").flatMap(n -> n.findString("required")))
        .contains("conf");
    assertThat(root.findNode("config").flatMap(n -> n.findString("bootcmd"))).contains("boot");
    assertThat(root.findNode("config").orElseThrow().findNumber("bootsecure")).hasValue(1);
  }

  @Test
  void rootDescription_tree_asTheFirstProgramReadsIt() {
    byte[] hash = new byte[32];
    hash[0] = (byte) 0xAB;
    String text =
        new String(
            BootImage.rootDescription(new VerityRoot(hash, 8192), new byte[] {1, 2}),
            StandardCharsets.US_ASCII);
    assertThat(text)
        .isEqualTo("BLOCKS=2\nHASH_START=3\nROOT_HASH=ab" + "0".repeat(62) + "\nSALT=0102\n");
  }
}
