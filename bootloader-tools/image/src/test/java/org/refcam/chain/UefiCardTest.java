// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.bytes.ByteRegion;
import org.refcam.chain.Link.Verdict;
import org.refcam.fit.FitPadding;
import org.refcam.fit.TestKeys;
import org.refcam.uefi.ProgramSigner;
import org.refcam.uefi.TestPrograms;
import org.refcam.uefi.UkiWriter;

/** Cards of boards with UEFI. */
class UefiCardTest {
  private static final PublicKey KEY = TestKeys.RSA2048.getPublic();

  @TempDir Path directory;
  private TestCard card;

  @BeforeEach
  void root() throws Exception {
    card = new TestCard(directory);
  }

  private byte[] uki(String line) throws Exception {
    return TestPrograms.uki(line, card.initramfs(), TestPrograms.SIGNER);
  }

  @Test
  void goodCard_everyLinkVerifies() throws Exception {
    CardReport report = verify(card.efi(uki("quiet")), KEY);
    assertThat(report.isVerified()).as(report.toString()).isTrue();
    assertThat(report.links().get(1).detail()).contains("unified kernel image 6.12.0-test");
  }

  @Test
  @DisplayName("INV-CHAIN-1 a kernel image changed, unsigned or of another key is refused")
  void tampering_isRefused() throws Exception {
    byte[] uki = uki("quiet");
    byte[] changed = uki.clone();
    changed[9000] ^= 1;
    byte[] unsigned =
        UkiWriter.write(TestPrograms.stub(), TestPrograms.source("quiet", card.initramfs()));
    byte[] other =
        ProgramSigner.sign(
            uki,
            TestKeys.signer("other", TestKeys.RSA_OTHER, FitPadding.PKCS1_1_5),
            TestPrograms.certificate(
                TestKeys.signer("other", TestKeys.RSA_OTHER, FitPadding.PKCS1_1_5)));
    for (byte[] bad : new byte[][] {changed, unsigned, other, new byte[5000], new byte[0]}) {
      assertThat(refused(verify(card.efi(bad), KEY))).isEqualTo("boot_a signature");
    }
    assertThat(verify(card.efi(other), TestKeys.RSA_OTHER.getPublic()).isVerified()).isTrue();
  }

  @Test
  @DisplayName(
      "INV-CHAIN-1 a file beside the kernel image, which its stub or another board reads, is refused")
  void otherFiles_areRefused() throws Exception {
    for (String name : new String[] {"boot.img", "EFI/X.EFI", "EFI/BOOT/BOOTX64.EFI"}) {
      assertThat(refused(verify(card.efi(uki("quiet"), name), KEY)))
          .as(name)
          .isEqualTo("boot_a signature");
    }
  }

  @Test
  @DisplayName(
      "INV-CHAIN-1 a kernel line with another root hash, or for the other slot, is refused")
  void otherKernelLine_isRefused() throws Exception {
    for (String line :
        new String[] {
          "refcam.slot=B", card.commandLine().replaceAll("roothash=..", "roothash=00")
        }) {
      assertThat(refused(verify(card.efi(uki(line)), KEY))).isEqualTo("boot_a root hash");
    }
  }

  private CardReport verify(byte[] boot, PublicKey key) throws Exception {
    try (FileChannel channel = FileChannel.open(card.write(boot))) {
      return CardVerifier.verify(ByteRegion.of(channel), key, bytes -> {});
    }
  }

  private static String refused(CardReport report) {
    return report.links().stream()
        .filter(l -> l.verdict() == Verdict.REFUSED)
        .map(Link::name)
        .findFirst()
        .orElse("nothing");
  }
}
