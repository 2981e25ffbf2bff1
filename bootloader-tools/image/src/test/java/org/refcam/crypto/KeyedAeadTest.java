// SPDX-License-Identifier: Apache-2.0
package org.refcam.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Vectors: RFC 8439, 2.8.2; test case 16 of the GCM specification by McGrew and Viega. */
class KeyedAeadTest {
  private static final HexFormat HEX = HexFormat.of();

  private static void assertVector(
      AeadAlgorithm algorithm, String key, String nonce, String aad, byte[] plain, String sealed)
      throws Exception {
    byte[] expected = HEX.parseHex(sealed);
    KeyedAead aead = new KeyedAead(algorithm, SecretBytes.copyOf(HEX.parseHex(key)));
    byte[] out = new byte[plain.length + KeyedAead.TAG_BYTES + 3];
    byte[] iv = HEX.parseHex(nonce);
    byte[] data = HEX.parseHex(aad);
    assertThat(aead.seal(iv, data, plain, 0, plain.length, out, 3))
        .isEqualTo(plain.length + KeyedAead.TAG_BYTES);
    assertThat(Arrays.copyOfRange(out, 3, out.length)).isEqualTo(expected);
    assertThat(aead.open(iv, data, out, 3, expected.length)).isEqualTo(plain);
    for (int i = 0; i < expected.length; i++) {
      byte[] changed = expected.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> aead.open(iv, data, changed, 0, changed.length))
          .isInstanceOf(AuthenticationFailedException.class);
    }
    assertThatThrownBy(() -> aead.open(iv, data, expected, 0, KeyedAead.TAG_BYTES - 1))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void chacha20Poly1305_rfc8439() throws Exception {
    byte[] plain =
        ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
                + " future, sunscreen would be it.")
            .getBytes(StandardCharsets.US_ASCII);
    assertVector(
        AeadAlgorithm.CHACHA20_POLY1305,
        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
        "070000004041424344454647",
        "50515253c0c1c2c3c4c5c6c7",
        plain,
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
            + "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
            + "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
            + "3ff4def08e4b7a9de576d26586cec64b6116"
            + "1ae10b594f09e26a7e902ecbd0600691");
  }

  @Test
  void aes256Gcm_testCase16() throws Exception {
    assertVector(
        AeadAlgorithm.AES_256_GCM,
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        HEX.parseHex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"),
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            + "76fc6ece0f4e1768cddf8853bb2d551b");
  }

  @Test
  void fastest_goesByTheProcessorsFeatures() {
    assertThat(AeadAlgorithm.fastestOn("flags\t\t: fpu sse2 pclmulqdq ssse3 aes avx\n"))
        .isEqualTo(AeadAlgorithm.AES_256_GCM);
    assertThat(AeadAlgorithm.fastestOn("Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32\n"))
        .isEqualTo(AeadAlgorithm.AES_256_GCM);
    // Raspberry Pi 4: Cortex-A72 without the cryptographic extension
    assertThat(AeadAlgorithm.fastestOn("Features\t: fp asimd evtstrm crc32 cpuid\n"))
        .isEqualTo(AeadAlgorithm.CHACHA20_POLY1305);
    assertThat(AeadAlgorithm.fastestOn("flags : vaes aesni\n"))
        .isEqualTo(AeadAlgorithm.CHACHA20_POLY1305);
    assertThat(AeadAlgorithm.fastestOn("")).isEqualTo(AeadAlgorithm.CHACHA20_POLY1305);
    assertThat(AeadAlgorithm.fastest()).isNotNull();
  }

  @Test
  void ids_areThoseOfTheFormats() {
    for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
      assertThat(AeadAlgorithm.ofId(algorithm.id())).isEqualTo(algorithm);
    }
    assertThatThrownBy(() -> AeadAlgorithm.ofId(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
