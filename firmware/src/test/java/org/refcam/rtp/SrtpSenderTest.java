// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.codec.AccessUnits;
import org.refcam.crypto.SecretBytes;
import org.refcam.media.AccessUnit;
import org.refcam.media.MediaTime;

/** Against the vectors of RFC 3711, appendix B, and an independent SRTP. */
class SrtpSenderTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int SSRC = 0xCAFE_F00D;
  private final Random random = new Random(11);

  @Test
  void counterMode_rfc3711_b2() {
    SrtpCipher cipher =
        new SrtpCipher(
            HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"),
            new byte[20],
            HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"));
    byte[] keyStream = new byte[48];
    cipher.crypt(0, 0, new byte[48], 0, 48, keyStream, 0);
    assertThat(HEX.formatHex(keyStream))
        .isEqualTo(
            "e03ead0935c95e80e166b16dd92b4eb4"
                + "d23513162b02d0f72a43a2fe4a5f97ab"
                + "41e95b3bb0a2e8dd477901e4fca894c0");
  }

  @Test
  void keyDerivation_rfc3711_b3() {
    SecretKeySpec master =
        new SecretKeySpec(HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139"), "AES");
    byte[] salt = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");
    assertThat(HEX.formatHex(SrtpCipher.keyStream(master, salt, 0, 16)))
        .isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
    assertThat(HEX.formatHex(SrtpCipher.keyStream(master, salt, 2, 14)))
        .isEqualTo("30cbbc08863d8c85d49db34a9ae1");
    assertThat(HEX.formatHex(SrtpCipher.keyStream(master, salt, 1, 94)))
        .isEqualTo(
            "cebe321f6ff7716b6fd4ab49af256a156d38baa4"
                + "8f0a0acf3c34e2359e6cdbcee049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdd"
                + "dc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2");
  }

  @Test
  void pictures_thePeerReadsThemWithOwnSourceAndSequence() throws GeneralSecurityException {
    for (SrtpPolicy policy : SrtpPolicy.values()) {
      byte[] secret = secret(policy);
      SrtpSender sender = sender(policy, secret, 0x7FFF);
      Jitsi peer = new Jitsi(false, secret, SSRC);
      H264Packetizer packetizer = new H264Packetizer(1, 9, 0, 1_400);
      ByteBuffer out = ByteBuffer.allocate(2_048);
      int expected = 0x7FFF;
      for (int picture = 0; picture < 200; picture++) {
        RtpPackets shared = packetizer.packetize(unit(picture));
        for (int at = 0; at >= 0; at = shared.after(at)) {
          assertThat(sender.protect(shared, at, out)).isTrue();
          ByteBuffer read = ByteBuffer.wrap(peer.openRtp(out));
          assertThat(read.getShort(2) & 0xFFFF).isEqualTo(expected++ & 0xFFFF);
          assertThat(read.getInt(8)).isEqualTo(SSRC);
          ByteBuffer original = ByteBuffer.wrap(shared.bytes(), at + 4, shared.length(at)).slice();
          assertThat(read.getInt(4)).isEqualTo(original.getInt(4));
          assertThat(read.slice(12, read.limit() - 12))
              .isEqualTo(original.slice(12, original.limit() - 12));
        }
      }
    }
  }

  @Test
  void sequence_overItsEnd_thePeerFollowsTheRollover() throws GeneralSecurityException {
    byte[] secret = secret(SrtpPolicy.AES_CM_128_HMAC_SHA1_80);
    SrtpSender sender = sender(SrtpPolicy.AES_CM_128_HMAC_SHA1_80, secret, 0x7FF0);
    Jitsi peer = new Jitsi(false, secret, SSRC);
    RtpPackets shared = smallPicture();
    ByteBuffer out = ByteBuffer.allocate(256);
    for (int i = 0; i < 150_000; i++) {
      assertThat(sender.protect(shared, 0, out)).isTrue();
      assertThat(peer.openRtp(out)).hasSize(shared.length(0));
    }
  }

  @Test
  @DisplayName("INV-RTP-1 no key stream comes twice, over roll-overs and for reports too")
  void keyStream_neverTwice() {
    byte[] secret = secret(SrtpPolicy.AES_CM_128_HMAC_SHA1_80);
    SrtpSender sender = sender(SrtpPolicy.AES_CM_128_HMAC_SHA1_80, secret, 0);
    RtpPackets shared = smallPicture();
    ByteBuffer out = ByteBuffer.allocate(256);
    Set<ByteBuffer> ciphertexts = new HashSet<>();
    for (int i = 0; i < 140_000; i++) {
      assertThat(sender.protect(shared, 0, out)).isTrue();
      ByteBuffer body = out.slice(12, shared.length(0) - 12);
      assertThat(ciphertexts.add(ByteBuffer.allocate(64).put(body).flip())).isTrue();
    }
    RtpPackets report = new SenderState(SSRC, 1, 2, 3).report(Instant.EPOCH, "cam");
    for (int i = 0; i < 1_000; i++) {
      assertThat(sender.protectReport(report, out)).isTrue();
      ByteBuffer body = out.slice(8, report.length(0) - 8);
      assertThat(ciphertexts.add(ByteBuffer.allocate(64).put(body).flip())).isTrue();
    }
  }

  @Test
  void report_thePeerReadsIt_andCountsAreTheViewersOwn() throws GeneralSecurityException {
    byte[] secret = secret(SrtpPolicy.AES_CM_128_HMAC_SHA1_80);
    SrtpSender sender = sender(SrtpPolicy.AES_CM_128_HMAC_SHA1_80, secret, 5);
    Jitsi peer = new Jitsi(false, secret, SSRC);
    ByteBuffer out = ByteBuffer.allocate(256);
    RtpPackets picture = smallPicture();
    sender.protect(picture, 0, out);
    SenderState state = sender.state(new SenderState(1, 777, 1_000, 1_000_000));
    assertThat(state).isEqualTo(new SenderState(SSRC, 777, 1, picture.length(0) - 12));
    RtpPackets report = state.report(Instant.EPOCH, "cam");
    for (int i = 0; i < 3; i++) {
      assertThat(sender.protectReport(report, out)).isTrue();
      byte[] read = peer.openRtcp(out);
      assertThat(ByteBuffer.wrap(read))
          .isEqualTo(ByteBuffer.wrap(report.bytes(), 4, report.length(0)));
    }
  }

  @Test
  void protect_withoutRoom_sendsNothing() {
    byte[] secret = secret(SrtpPolicy.AES_CM_128_HMAC_SHA1_80);
    SrtpSender sender = sender(SrtpPolicy.AES_CM_128_HMAC_SHA1_80, secret, 5);
    ByteBuffer out = ByteBuffer.allocate(20);
    assertThat(sender.protect(smallPicture(), 0, out)).isFalse();
  }

  private SrtpSender sender(SrtpPolicy policy, byte[] secret, int first) {
    return new SrtpSender(
        new SrtpKey(policy, SecretBytes.copyOf(secret), new byte[0]), SSRC, first);
  }

  private byte[] secret(SrtpPolicy policy) {
    byte[] secret = new byte[policy.keyBytes() + 14];
    random.nextBytes(secret);
    return secret;
  }

  private RtpPackets smallPicture() {
    return new H264Packetizer(1, 0, 0, 1_400)
        .packetize(picture("one small picture here".getBytes(StandardCharsets.US_ASCII), 0));
  }

  private AccessUnit unit(int number) {
    byte[] slice = new byte[1 + random.nextInt(6_000)];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = (byte) (1 + random.nextInt(255)); // no start code in it
    }
    return picture(slice, number);
  }

  private static AccessUnit picture(byte[] slice, int number) {
    byte[] annexB = new byte[5 + slice.length];
    annexB[2] = 1;
    annexB[3] = 0x61;
    System.arraycopy(slice, 0, annexB, 4, slice.length);
    annexB[annexB.length - 1] = 1;
    return AccessUnits.of(annexB, new MediaTime(number * 33_000_000L), number);
  }
}
