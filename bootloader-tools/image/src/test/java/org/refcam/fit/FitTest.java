// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;
import org.refcam.fit.InvalidFitException.Reason;

class FitTest {
  private static final FitSigner SIGNER =
      TestKeys.signer("release", TestKeys.RSA2048, FitPadding.PKCS1_1_5);
  private static final FitVerifier VERIFIER =
      new FitVerifier(List.of(TestKeys.key("release", TestKeys.RSA2048)));

  @Test
  void everyAlgorithm_signsAndVerifies() throws Exception {
    for (KeyPair pair : List.of(TestKeys.RSA2048, TestKeys.rsa(3072), TestKeys.P256)) {
      for (FitPadding padding : FitPadding.values()) {
        byte[] fit = TestFit.signed(TestKeys.signer("k", pair, padding));
        VerifiedFit verified =
            new FitVerifier(List.of(TestKeys.key("k", pair))).verify(ByteBuffer.wrap(fit));
        assertThat(verified.defaultConfiguration().algorithm())
            .isEqualTo(FitAlgorithm.of(pair.getPublic()).fitName());
      }
    }
  }

  @Test
  void verifiedFit_givesWhatWasPutIn() throws Exception {
    VerifiedFit verified = VERIFIER.verify(ByteBuffer.wrap(TestFit.signed(SIGNER)));
    VerifiedFit.Configuration configuration = verified.defaultConfiguration();
    assertThat(configuration.kernel()).isEqualTo(ByteBuffer.wrap(TestFit.bytes(1, 5001)));
    assertThat(configuration.ramdisk()).contains(ByteBuffer.wrap(TestFit.bytes(2, 3003)));
    assertThat(configuration.deviceTrees()).hasSize(1);
    assertThat(configuration.bootArguments()).contains("console=ttyAMA0");
    assertThat(configuration.keyName()).isEqualTo("release");
    assertThat(verified.timestampSeconds()).isEqualTo(TestFit.TIME.getEpochSecond());
  }

  @Test
  void sameInputs_sameBytes() throws Exception {
    for (FitPadding padding : FitPadding.values()) {
      FitSigner signer = TestKeys.signer("k", TestKeys.RSA2048, padding);
      assertThat(TestFit.signed(signer)).isEqualTo(TestFit.signed(signer));
    }
    FitSigner ec = TestKeys.signer("k", TestKeys.P256, FitPadding.PKCS1_1_5);
    assertThat(TestFit.signed(ec)).isEqualTo(TestFit.signed(ec));
  }

  @Test
  @DisplayName("INV-FIT-1 no byte of what is signed or hashed can change")
  void changedByte_anywhereThatCounts_isRefused() throws Exception {
    byte[] good = TestFit.signed(SIGNER);
    VerifiedFit.Configuration expected =
        VERIFIER.verify(ByteBuffer.wrap(good)).defaultConfiguration();
    int refused = 0;
    Random random = new Random(6);
    for (int i = 0; i < 3000; i++) {
      byte[] bad = good.clone();
      int at = i < 1500 ? good.length - 1 - i : random.nextInt(good.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      try {
        // What is accepted in spite of it (a signer's name, a time) must say the same.
        VerifiedFit.Configuration got =
            VERIFIER.verify(ByteBuffer.wrap(bad)).defaultConfiguration();
        assertThat(got).as("changed at %d", at).isEqualTo(expected);
      } catch (InvalidFitException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(2500);
  }

  @Test
  @DisplayName("INV-FIT-1 another key's, an unsigned and a bare configuration are refused")
  void otherSigner_isRefused() throws Exception {
    FitSigner other = TestKeys.signer("release", TestKeys.RSA_OTHER, FitPadding.PKCS1_1_5);
    assertReason(TestFit.signed(other), Reason.SIGNATURE);
    assertReason(TestFit.signed(), Reason.UNSIGNED);
    // Signed by both: one known key is enough.
    VERIFIER.verify(ByteBuffer.wrap(TestFit.signed(other, SIGNER)));
  }

  @Test
  @DisplayName("INV-FIT-1 a signature that leaves an image out is refused")
  void hashedNodes_withoutRamdisk_isRefused() throws Exception {
    FitSource source = TestFit.source(TestFit.deviceTree());
    FitConfiguration small =
        new FitConfiguration(
            "conf-1", "test", "kernel-1", Optional.empty(), List.of("fdt-1"), Optional.empty());
    byte[] fit =
        FitWriter.write(
            new FitSource("x", "arm64", TestFit.TIME, source.images(), List.of(small)),
            List.of(SIGNER));
    FdtNode root = Fdt.parse(ByteBuffer.wrap(fit)).root();
    FdtNode conf = root.findNode("configurations/conf-1").orElseThrow();
    byte[] bad = withConfiguration(root, conf.toBuilder().set("ramdisk", "ramdisk-1").build());
    assertReason(bad, Reason.NOT_COVERED);
    // Nor does it help to list the node: the signature is over other bytes.
    FdtNode signature = conf.findNode("signature-1").orElseThrow();
    List<String> nodes = new ArrayList<>(signature.find("hashed-nodes").orElseThrow().strings());
    nodes.addAll(List.of("/images/ramdisk-1", "/images/ramdisk-1/hash-1"));
    FdtNode more = signature.toBuilder().set(FdtProperty.ofStrings("hashed-nodes", nodes)).build();
    bad = withConfiguration(root, conf.toBuilder().set("ramdisk", "ramdisk-1").set(more).build());
    assertReason(bad, Reason.SIGNATURE);
  }

  @Test
  void secondConfiguration_unsigned_isRefused() throws Exception {
    FdtNode root = Fdt.parse(ByteBuffer.wrap(TestFit.signed(SIGNER))).root();
    FdtNode evil = FdtNode.builder("conf-2").set("kernel", "kernel-1").build();
    assertReason(withConfiguration(root, evil), Reason.UNSIGNED);
  }

  @Test
  void ambiguousNames_areRefused() throws Exception {
    FdtNode root = Fdt.parse(ByteBuffer.wrap(TestFit.signed(SIGNER))).root();
    FdtNode conf = root.findNode("configurations/conf-1").orElseThrow();
    for (String name : List.of("kernel-1@1", "", "../kernel-1", "none")) {
      byte[] bad = withConfiguration(root, conf.toBuilder().set("kernel", name).build());
      assertReason(bad, Reason.CONTENT);
    }
    byte[] unknown = withConfiguration(root, conf.toBuilder().set("firmware", "x").build());
    assertReason(unknown, Reason.CONTENT);
  }

  @Test
  @DisplayName("INV-FIT-1 properties of many megabytes are refused before they cost memory")
  void hugeProperties_areRefused() throws Exception {
    FdtNode root = Fdt.parse(ByteBuffer.wrap(TestFit.signed(SIGNER))).root();
    FdtNode conf = root.findNode("configurations/conf-1").orElseThrow();
    FdtProperty names = FdtProperty.ofBytes("fdt", new byte[32 << 20]);
    assertReason(withConfiguration(root, conf.toBuilder().set(names).build()), Reason.CONTENT);
    FdtProperty text = FdtProperty.ofBytes("description", new byte[8 << 20]);
    assertReason(withConfiguration(root, conf.toBuilder().set(text).build()), Reason.CONTENT);
  }

  @Test
  void badSources_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FitSource("x", "arm64", TestFit.TIME, List.of(), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FitImage.of("a@b", FitImage.Kind.RAMDISK, "x", new byte[1]));
    assertThatIllegalArgumentException().isThrownBy(() -> TestKeys.key("x", TestKeys.rsa(1024)));
  }

  private static byte[] withConfiguration(FdtNode root, FdtNode configuration) {
    FdtNode all = root.findNode("configurations").orElseThrow();
    FdtNode changed = all.toBuilder().set(configuration).build();
    return Fdt.of(root.toBuilder().set(changed).build()).encode();
  }

  private static void assertReason(byte[] fit, Reason reason) {
    assertThatExceptionOfType(InvalidFitException.class)
        .isThrownBy(() -> VERIFIER.verify(ByteBuffer.wrap(fit)))
        .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
  }
}
