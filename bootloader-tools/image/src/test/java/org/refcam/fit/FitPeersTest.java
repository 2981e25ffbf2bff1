// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.Peer;
import org.refcam.crypto.Sha256;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;

/**
 * U-Boot's tools read what we write and we read what they write. {@code fit_check_sign} is in no
 * Debian package: REFCAM_FIT_CHECK_SIGN names the one of a U-Boot build.
 */
class FitPeersTest {
  private static final List<KeyPair> KEYS = List.of(TestKeys.RSA2048, TestKeys.rsa(4096));

  @TempDir Path directory;

  @Test
  void dumpimage_readsOurs() throws Exception {
    Peer dumpimage = Peer.require("dumpimage");
    Files.write(
        directory.resolve("our.itb"),
        TestFit.signed(TestKeys.signer("release", TestKeys.RSA2048, FitPadding.PKCS1_1_5)));
    String text = dumpimage.run(directory, "-l", "our.itb");
    String hash = Sha256.hex(TestFit.bytes(1, 5001));
    assertThat(text)
        .contains("Default Configuration: 'conf-1'", "sha256,rsa2048:release", hash)
        .contains("Load Address: 0x40400000", "AArch64", "RAMDisk Image");
    dumpimage.run(directory, "-T", "flat_dt", "-p", "1", "-o", "ramdisk", "our.itb");
    assertThat(Files.readAllBytes(directory.resolve("ramdisk"))).isEqualTo(TestFit.bytes(2, 3003));
  }

  @Test
  void mkimage_signed_isVerifiedByUs_insideAndOutside() throws Exception {
    Peer mkimage = Peer.require("mkimage");
    for (KeyPair pair : List.of(KEYS.get(0), KEYS.get(1), TestKeys.P256)) {
      for (FitPadding padding : FitPadding.values()) {
        byte[] fit = mkimage(mkimage, pair, padding, false);
        FitVerifier verifier = new FitVerifier(List.of(TestKeys.key("peer", pair)));
        VerifiedFit.Configuration got =
            verifier.verify(ByteBuffer.wrap(fit)).defaultConfiguration();
        assertThat(got.kernel()).isEqualTo(ByteBuffer.wrap(TestFit.bytes(1, 5001)));
        fit = mkimage(mkimage, pair, padding, true);
        got = verifier.verify(ByteBuffer.wrap(fit)).defaultConfiguration();
        assertThat(got.ramdisk()).contains(ByteBuffer.wrap(TestFit.bytes(2, 3003)));
      }
    }
  }

  @Test
  void controlDeviceTree_isThatOfMkimage() throws Exception {
    Peer mkimage = Peer.require("mkimage");
    for (KeyPair pair : KEYS) {
      mkimage(mkimage, pair, FitPadding.PKCS1_1_5, false);
      FdtNode theirs = key(Files.readAllBytes(directory.resolve("ctrl.dtb")));
      FdtNode ours =
          key(ControlDeviceTree.withRequiredKey(TestFit.deviceTree(), TestKeys.key("peer", pair)));
      for (FdtProperty property : theirs.properties()) {
        assertThat(ours.find(property.name()).map(FdtProperty::value))
            .as(property.name())
            .contains(property.value());
      }
      assertThat(ours.properties()).hasSameSizeAs(theirs.properties());
    }
  }

  @Test
  void fitCheckSign_acceptsOurs_andRefusesAnotherKeys() throws Exception {
    Peer check = Peer.requireFrom("REFCAM_FIT_CHECK_SIGN");
    // Not ECDSA: the tool looks for that key in a file, not in the control device tree.
    for (KeyPair pair : KEYS) {
      for (FitPadding padding : FitPadding.values()) {
        Files.write(
            directory.resolve("our.itb"), TestFit.signed(TestKeys.signer("k", pair, padding)));
        Files.write(
            directory.resolve("ctrl.dtb"),
            ControlDeviceTree.withRequiredKey(TestFit.deviceTree(), TestKeys.key("k", pair)));
        check.run(directory, "-f", "our.itb", "-k", "ctrl.dtb");
      }
    }
    Files.write(
        directory.resolve("ctrl.dtb"),
        ControlDeviceTree.withRequiredKey(
            TestFit.deviceTree(), TestKeys.key("k", TestKeys.RSA_OTHER)));
    Files.write(
        directory.resolve("our.itb"),
        TestFit.signed(TestKeys.signer("k", TestKeys.RSA2048, FitPadding.PKCS1_1_5)));
    Peer.Answer answer = check.ask(directory, Map.of(), "-f", "our.itb", "-k", "ctrl.dtb");
    assertThat(answer.exit()).isNotZero();
  }

  private static FdtNode key(byte[] tree) throws Exception {
    return Fdt.parse(ByteBuffer.wrap(tree)).root().findNode("signature/key-peer").orElseThrow();
  }

  /** A FIT by mkimage: the sources as a device tree, then signed in place. */
  private byte[] mkimage(Peer mkimage, KeyPair pair, FitPadding padding, boolean outside)
      throws Exception {
    TestKeys.write(directory.resolve("peer.key"), pair.getPrivate());
    TestKeys.write(directory.resolve("peer.pem"), pair.getPrivate()); // where it looks for EC keys
    Peer.require("openssl")
        .run(
            directory,
            "req",
            "-x509",
            "-new",
            "-key",
            "peer.key",
            "-subj",
            "/CN=p",
            "-out",
            "peer.crt");
    Files.write(directory.resolve("kernel"), TestFit.bytes(1, 5001));
    Files.write(directory.resolve("ramdisk"), TestFit.bytes(2, 3003));
    Files.write(directory.resolve("fdt"), TestFit.deviceTree());
    Files.writeString(directory.resolve("image.its"), its(pair, padding));
    FdtNode signature = FdtNode.builder("signature").build();
    Fdt tree = Fdt.of(FdtNode.builder("").set(signature).build());
    Files.write(directory.resolve("ctrl.dtb"), tree.encode());
    mkimage.run(directory, "-f", "image.its", "image.itb");
    Object[] sign = {"-F", "-k", ".", "-K", "ctrl.dtb", "-r", "image.itb"};
    Object[] signOutside = {"-F", "-E", "-k", ".", "-K", "ctrl.dtb", "-r", "image.itb"};
    mkimage.run(directory, outside ? signOutside : sign);
    return Files.readAllBytes(directory.resolve("image.itb"));
  }

  private static String its(KeyPair pair, FitPadding padding) {
    return """
        /dts-v1/;
        / { description = "peer"; #address-cells = <1>;
          images {
            kernel { description = "k"; data = /incbin/("kernel"); type = "kernel"; arch = "arm64";
              os = "linux"; compression = "none"; load = <0x40400000>; entry = <0x40400000>;
              hash-1 { algo = "sha256"; }; };
            ramdisk { description = "r"; data = /incbin/("ramdisk"); type = "ramdisk";
              arch = "arm64"; os = "linux"; compression = "none"; hash-1 { algo = "sha256"; }; };
            fdt-1 { description = "f"; data = /incbin/("fdt"); type = "flat_dt"; arch = "arm64";
              compression = "none"; hash-1 { algo = "sha256"; }; hash-2 { algo = "crc32"; }; };
          };
          configurations { default = "conf-1";
            conf-1 { description = "c"; kernel = "kernel"; ramdisk = "ramdisk"; fdt = "fdt-1";
              signature-1 { algo = "ALGO"; key-name-hint = "peer"; padding = "PADDING";
                sign-images = "kernel", "ramdisk", "fdt"; }; };
          };
        };
        """
        .replace("ALGO", FitAlgorithm.of(pair.getPublic()).fitName())
        .replace("PADDING", padding.fitName());
  }
}
