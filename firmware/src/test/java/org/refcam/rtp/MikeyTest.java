// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.refcam.crypto.SecretBytes;
import org.refcam.rtp.InvalidMikeyException.Reason;

/** Messages in the shapes that players send, made by hand after RFC 3830, clause 6. */
class MikeyTest {
  private static final String HEADER = "010005000000000a0100" + "00" + "deadbeef" + "00000000";
  private static final String TIME = "0b00" + "e000000000000000";
  private static final String RAND = "0a04" + "01020304";
  private static final String KEY =
      "00112233445566778899aabbccddeeff" + "f0f1f2f3f4f5f6f7f8f9fafbfcfd";

  /** As GStreamer writes it: the tag's length stands where the authentication key's belongs. */
  private static final String GSTREAMER_POLICY =
      "010000" + "0015" + "000101" + "010110" + "020101" + "03010a" + "070101" + "080101"
          + "0a0101";

  @Test
  void own_isReadBack() throws InvalidMikeyException {
    SecureRandom random = new SecureRandom();
    for (SrtpPolicy policy : SrtpPolicy.values()) {
      SecretBytes secret = SecretBytes.random(policy.keyBytes() + 14, random);
      byte[] message =
          Mikey.encode(
              new SrtpKey(policy, secret, new byte[0]),
              7,
              Instant.parse("2026-11-25T00:00:00Z"),
              random);
      SrtpKey read = Mikey.parse(message);
      assertThat(read.policy()).isEqualTo(policy);
      assertThat(read.keyAndSalt().sameAs(secret)).isTrue();
    }
  }

  @Test
  void own_hasTheDocumentedShape() {
    SrtpKey key =
        new SrtpKey(
            SrtpPolicy.AES_CM_128_HMAC_SHA1_80,
            SecretBytes.copyOf(HexFormat.of().parseHex(KEY)),
            new byte[0]);
    String message =
        HexFormat.of().formatHex(Mikey.encode(key, 0xCAFE, Instant.EPOCH, new SecureRandom()));
    assertThat(message)
        .matches(
            "01000500[0-9a-f]{8}0100"
                + "000000cafe00000000"
                + "0b0083aa7e8000000000"
                + "0a10[0-9a-f]{32}"
                + "010000001b"
                + "000101"
                + "010110"
                + "020101"
                + "030114"
                + "04010e"
                + "070101"
                + "080101"
                + "0a0101"
                + "0b010a"
                + "00000022"
                + "0020001e"
                + KEY
                + "00");
  }

  @Test
  void gstreamersShape_isRead() throws InvalidMikeyException {
    SrtpKey key =
        parse(HEADER + TIME + RAND + GSTREAMER_POLICY + "00000022" + "0020001e" + KEY + "00");
    assertThat(key.keyAndSalt().sameAs(SecretBytes.copyOf(HexFormat.of().parseHex(KEY)))).isTrue();
    assertThat(key.mki()).isEmpty();
  }

  @Test
  void keyWithIdentifier_withoutPolicyAndRand_isRead() throws InvalidMikeyException {
    SrtpKey key =
        parse(
            HEADER
                + "0100"
                + "e000000000000000"
                + "00000027"
                + "0021001e"
                + KEY
                + "040000002f"
                + "00");
    assertThat(key.mki()).isEqualTo(new byte[] {0, 0, 0, 0x2f});
  }

  @Test
  void saltApart_isRead() throws InvalidMikeyException {
    String parts = "00300010" + KEY.substring(0, 32) + "000e" + KEY.substring(32);
    SrtpKey key = parse(HEADER + "0100" + "e000000000000000" + "00000024" + parts + "00");
    assertThat(key.keyAndSalt().sameAs(SecretBytes.copyOf(HexFormat.of().parseHex(KEY)))).isTrue();
  }

  @Test
  void whatCannotBeUsed_isRefusedWithItsReason() {
    String kemac = "00000022" + "0020001e" + KEY + "00";
    assertThat(reason("")).isEqualTo(Reason.TRUNCATED);
    assertThat(reason("02" + HEADER.substring(2))).isEqualTo(Reason.BAD_HEADER);
    assertThat(reason("0101" + HEADER.substring(4))).isEqualTo(Reason.BAD_HEADER);
    assertThat(reason(HEADER.replace("010005", "010000")))
        .as("no key")
        .isEqualTo(Reason.BAD_PAYLOAD);
    assertThat(reason(HEADER.replace("010005", "010002") + "00"))
        .as("public key")
        .isEqualTo(Reason.BAD_PAYLOAD);
    assertThat(reason(HEADER.replace("010005", "01000b") + "0b00".repeat(40)))
        .as("endless")
        .isEqualTo(Reason.BAD_PAYLOAD);
    String weak = GSTREAMER_POLICY.replace("000101" + "010110", "000100" + "010110");
    assertThat(reason(HEADER + TIME + RAND + weak + kemac))
        .as("no cipher")
        .isEqualTo(Reason.UNSUPPORTED);
    String shortTag = "010000" + "0003" + "0b0104";
    assertThat(reason(HEADER + TIME + RAND + shortTag + kemac)).isEqualTo(Reason.UNSUPPORTED);
    assertThat(reason(HEADER + TIME + RAND + "010000" + "0003" + "080100" + kemac))
        .as("RTCP in the clear")
        .isEqualTo(Reason.UNSUPPORTED);
    String key256 = "010000" + "0003" + "010120";
    assertThat(reason(HEADER + TIME + RAND + key256 + kemac)).isEqualTo(Reason.BAD_KEY);
    String time = HEADER + "0100" + "e000000000000000";
    assertThat(reason(time + "00010022" + "0020001e" + KEY + "00"))
        .as("encrypted")
        .isEqualTo(Reason.UNSUPPORTED);
    assertThat(reason(time + "00000022" + "0000001e" + KEY + "00"))
        .as("TGK")
        .isEqualTo(Reason.UNSUPPORTED);
    assertThat(reason(time + "00000004" + "00200000" + "00")).isEqualTo(Reason.BAD_KEY);
    assertThat(reason(time + "0000ffff" + "0020001e")).isEqualTo(Reason.TRUNCATED);
    String longName = "0021001e" + KEY + "11" + "00".repeat(17);
    assertThat(reason(time + "00000034" + longName + "00")).isEqualTo(Reason.BAD_KEY);
  }

  @Test
  void anyChangeOfAMessage_isReadOrRefused() {
    byte[] good =
        HexFormat.of()
            .parseHex(
                HEADER + TIME + RAND + GSTREAMER_POLICY + "00000022" + "0020001e" + KEY + "00");
    Random random = new Random(4);
    for (int round = 0; round < 50_000; round++) {
      byte[] changed = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int i = 0; i < 3 && changed.length > 0; i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      try {
        Mikey.parse(changed).close();
      } catch (InvalidMikeyException e) {
        assertThat(e.reason()).isNotNull();
      }
    }
  }

  @Test
  void secret_isInNoText() throws InvalidMikeyException {
    SrtpKey key =
        parse(HEADER + TIME + RAND + GSTREAMER_POLICY + "00000022" + "0020001e" + KEY + "00");
    assertThat(key.toString().getBytes(StandardCharsets.US_ASCII)).doesNotContain(0x11, 0x22);
    assertThat(key.toString()).doesNotContain("112233");
  }

  private static SrtpKey parse(String hex) throws InvalidMikeyException {
    return Mikey.parse(HexFormat.of().parseHex(hex));
  }

  private static Reason reason(String hex) {
    InvalidMikeyException refused =
        catchThrowableOfType(InvalidMikeyException.class, () -> parse(hex));
    assertThat(refused).as(hex).isNotNull();
    return refused.reason();
  }
}
