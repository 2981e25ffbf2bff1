// SPDX-License-Identifier: Apache-2.0
package org.refcam.piboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.Peer;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitSigner;
import org.refcam.fit.TestFit;
import org.refcam.fit.TestKeys;
import org.refcam.piboot.InvalidBootSignatureException.Reason;

class BootSignatureTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L);
  private static final FitSigner SIGNER =
      TestKeys.signer("pi", TestKeys.RSA2048, FitPadding.PKCS1_1_5);
  private static final byte[] IMAGE = TestFit.bytes(4, 10_000);

  @TempDir Path directory;

  @Test
  void signed_isParsedAndVerified_threeLines() throws Exception {
    BootSignature signature = BootSignature.sign(IMAGE, TIME, SIGNER);
    byte[] file = signature.encode();
    assertThat(new String(file, StandardCharsets.US_ASCII).lines())
        .hasSize(3)
        .element(1)
        .isEqualTo("ts: 1700000000");
    assertThat(BootSignature.parse(file)).isEqualTo(signature);
    BootSignature.parse(file).verify(IMAGE, TestKeys.RSA2048.getPublic());
  }

  @Test
  void openssl_verifiesOurs() throws Exception {
    Peer openssl = Peer.require("openssl");
    BootSignature signature = BootSignature.sign(IMAGE, TIME, SIGNER);
    Files.write(directory.resolve("boot.img"), IMAGE);
    Files.write(directory.resolve("sig"), HexFormat.of().parseHex(signature.rsa2048()));
    Files.writeString(
        directory.resolve("key.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(TestKeys.RSA2048.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    assertThat(
            openssl.run(
                directory,
                "dgst",
                "-sha256",
                "-verify",
                "key.pem",
                "-signature",
                "sig",
                "boot.img"))
        .contains("Verified OK");
  }

  @Test
  @DisplayName("INV-PI-1 another image, another key or another signature is refused")
  void changed_isRefused() throws Exception {
    BootSignature good = BootSignature.sign(IMAGE, TIME, SIGNER);
    PublicKey key = TestKeys.RSA2048.getPublic();
    byte[] other = IMAGE.clone();
    other[77] ^= 1;
    assertReason(good, other, key, Reason.HASH_MISMATCH);
    assertReason(good, IMAGE, TestKeys.RSA_OTHER.getPublic(), Reason.SIGNATURE);
    assertReason(good, IMAGE, TestKeys.P256.getPublic(), Reason.SIGNATURE);
    BootSignature rehashed =
        new BootSignature(BootSignature.sign(other, TIME, SIGNER).sha256(), TIME, good.rsa2048());
    assertReason(rehashed, other, key, Reason.SIGNATURE);
  }

  @Test
  void badFiles_areRefused() {
    for (String text : new String[] {"", "x", "00\nts: 1\n", "0".repeat(5000)}) {
      assertThatExceptionOfType(InvalidBootSignatureException.class)
          .isThrownBy(() -> BootSignature.parse(text.getBytes(StandardCharsets.US_ASCII)))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FORMAT));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                BootSignature.sign(
                    IMAGE, TIME, TestKeys.signer("x", TestKeys.P256, FitPadding.PKCS1_1_5)));
  }

  @Test
  void eepromConfig_saysSigned_andKeyIsLittleEndian() {
    assertThat(EepromConfig.CAMERA.encode()).contains("SIGNED_BOOT=1\n", "BOOT_ORDER=0xf1\n");
    byte[] key = EepromConfig.publicKey((RSAPublicKey) TestKeys.RSA2048.getPublic()).orElseThrow();
    assertThat(key).hasSize(264).endsWith(1, 0, 1, 0, 0, 0, 0, 0);
    assertThat(key[255]).isNegative(); // the modulus' highest bit
  }

  private static void assertReason(
      BootSignature signature, byte[] image, PublicKey key, Reason reason) {
    assertThatExceptionOfType(InvalidBootSignatureException.class)
        .isThrownBy(() -> signature.verify(image, key))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
